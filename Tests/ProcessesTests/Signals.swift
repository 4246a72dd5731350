#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 }
