/// Makes a sink's file out of its encoded rows, for formats that are more than one row behind the other: a compressed
/// stream, a table with a footer, a database.
///
/// A sink encodes its rows anywhere; its writer gets them in source order, from one owner at a time, and gives out the
/// bytes of the file in their order. Those bytes depend on the rows alone: never on how they were cut into calls.
/// Memory is the writer's own to bound.
public protocol RowWriter: AnyObject {
    typealias Emit = (_ bytes: [UInt8]) throws -> Void

    /// Takes the encoded rows that come next.
    ///
    /// - Throws: what `emit` throws, as it is; anything else ends the run as a failure of the file.
    func write(_ rows: [UInt8], to emit: Emit) throws

    /// Gives out what is left, once, after the last row.
    func finish(to emit: Emit) throws
}
