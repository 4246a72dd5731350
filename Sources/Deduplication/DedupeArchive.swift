/// The files in which runs leave what they decided: opened at a run's start, added to at its end.
///
/// ```
/// contents   hash of a content -> what was decided         28 bytes a content, for ever
/// stories    a kept article -> id, title, outlet, repeats  for ever
/// window     articles that new ones are compared with      under 0.7 kB each, until they are older than the window
/// ```
/// A run adds one file of each kind that it has something for. Before that the newest neighbours of about one size
/// become one, so that there are few to ask and none is written more than some times; a window's file never spans more
/// than an eighth of the window, so that whole files grow old.
public struct DedupeArchive: Sendable {
    public let memory: DedupeMemory
    public let stories: StoryMemory
    private let rule: DedupeRule
    private let started: Int64
    private let windowSeconds: Int64
    private let contents: [Place<ContentFile>]
    private let windows: [Place<WindowFile>]
    private let storyFiles: [Place<StoryFile>]
    private let expired: [Int]

    /// A file and its place among those that were given.
    private struct Place<File: Sendable>: Sendable {
        let index: Int
        let file: File
    }

    /// Opens what earlier runs left.
    ///
    /// - Parameters:
    ///   - files: in the order in which they were written.
    ///   - started: when this run began, in seconds since 1970; what is older than the window by then is forgotten.
    /// - Throws: ``MemoryFileError`` when a file is damaged or was decided by another rule, and what reading throws.
    public init(_ files: [any StoredBytes], options: DedupeOptions, started: Int64, windowSeconds: Int64) throws {
        rule = DedupeRule(options)
        self.started = started
        self.windowSeconds = windowSeconds
        var contents: [Place<ContentFile>] = []
        var windows: [Place<WindowFile>] = []
        var stories: [Place<StoryFile>] = []
        var expired: [Int] = []
        for (index, file) in files.enumerated() {
            do {
                let layout = try FileLayout(of: file)
                try layout.rule.check(against: rule)
                switch layout.kind {
                case .contents: contents.append(Place(index: index, file: try ContentFile(file, layout)))
                case .stories: stories.append(Place(index: index, file: try StoryFile(file, layout)))
                case .window where layout.span.upperBound < started - windowSeconds: expired.append(index)
                case .window: windows.append(Place(index: index, file: try WindowFile(file, layout)))
                }
            } catch MemoryFileError.damaged {
                throw MemoryFileError(message: "is damaged in \(file.name)", hint: nil)
            }
        }
        (self.contents, self.windows, storyFiles, self.expired) = (contents, windows, stories, expired)
        memory = DedupeMemory(contents: contents.map(\.file), windows: windows.map(\.file), options: options)
        self.stories = StoryMemory(files: stories.map(\.file))
    }

    /// Adds what a run has decided.
    ///
    /// - Parameters:
    ///   - stories: what is new or changed, by position, and how many positions there are now.
    ///   - create: begins a file of that name.
    ///   - remove: leaves out a file, by its place among those that were given.
    public func add(
        _ deduplicator: Deduplicator,
        stories: (changed: [(position: Int, story: Story)], count: Int),
        create: @escaping (String) throws -> any MemorySink,
        remove: @escaping (Int) -> Void
    ) throws {
        for index in expired { remove(index) }
        let target = Target(create: create, remove: remove)
        let learnt = deduplicator.learnt()
        if !learnt.contents.isEmpty {
            try add("contents", .contents, behind: contents, to: target) { records, _ in
                records <= Self.maxContents
            } new: { layout, file in
                try ContentFile.write(learnt.contents, layout, to: file)
            }
        }
        if learnt.articles.count > 0 {
            try add("window", .window, behind: windows, to: target) { _, span in
                span <= windowSeconds / 8
            } new: { layout, file in
                layout.base = learnt.base
                try WindowFile.write(learnt.articles, learnt.keys, layout, to: file)
            }
        }
        if !stories.changed.isEmpty {
            try add("stories", .stories, behind: storyFiles, to: target) { records, _ in
                records <= Self.maxStories
            } new: { layout, file in
                layout.count = stories.count
                try StoryFile.write(stories.changed, layout, to: file)
            }
        }
    }

    /// Records of the largest file that others are merged with: about 60 and 150 MB.
    private static let maxContents = 2_000_000
    private static let maxStories = 1_000_000

    private struct Target {
        let create: (String) throws -> any MemorySink
        let remove: (Int) -> Void

        func write(_ name: String, _ body: (FileBuilder) throws -> Void) throws {
            let sink = try create(name)
            try body(FileBuilder(sink.append))
            try sink.finish()
        }
    }

    /// Adds a file, and makes one of the newest before it.
    private func add<File: ArchivedFile>(
        _ name: String,
        _ kind: FileLayout.Kind,
        behind places: [Place<File>],
        to target: Target,
        fits: (_ records: Int, _ span: Int64) -> Bool,
        new: (inout FileLayout, FileBuilder) throws -> Void
    ) throws {
        let merged = places[Self.newest(of: places.map(\.file), fits)...]
        if merged.count > 1, let first = merged.first?.file.layout, let last = merged.last?.file.layout {
            let times = merged.flatMap { [$0.file.layout.span.lowerBound, $0.file.layout.span.upperBound] }
            var layout = FileLayout(kind: kind, rule: rule, span: (times.min() ?? 0)...(times.max() ?? 0))
            layout.base = first.base
            layout.count = last.count
            // A name before that of the new file, whose contents are younger.
            try target.write("earlier-" + name) { try File.merge(merged.map(\.file), layout, to: $0) }
            for place in merged { target.remove(place.index) }
        }
        var layout = FileLayout(kind: kind, rule: rule, span: started...started)
        try target.write(name) { try new(&layout, $0) }
    }

    /// From which file on the newest ones become one: as far back as the next is no more than twice as large as all
    /// behind it (a log-structured merge tree of tiers; O'Neil et al., "The log-structured merge-tree", 1996).
    static func newest(of files: [some ArchivedFile], _ fits: (_ records: Int, _ span: Int64) -> Bool) -> Int {
        guard var start = files.indices.last else { return 0 }
        var records = files[start].records
        var span = files[start].layout.span
        while start > 0 {
            let next = files[start - 1]
            span = min(span.lowerBound, next.layout.span.lowerBound)...max(span.upperBound, next.layout.span.upperBound)
            guard next.records <= 2 * records, fits(records + next.records, span.upperBound - span.lowerBound) else {
                break
            }
            records += next.records
            start -= 1
        }
        return start
    }
}

/// Where a file of the memory is written to.
public protocol MemorySink {
    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) throws
    /// Ends the file.
    func finish() throws
}

/// A file of an archive.
protocol ArchivedFile: Sendable {
    var layout: FileLayout { get }
    var records: Int { get }
    /// Makes one file of neighbours, the older first.
    static func merge(_ files: [Self], _ layout: FileLayout, to file: FileBuilder) throws
}

extension ArchivedFile {
    var records: Int { layout.sections[0].count }
}

/// The stories of earlier runs.
public struct StoryMemory: Sendable {
    fileprivate let files: [StoryFile]

    /// None.
    public init() { self.init(files: []) }

    fileprivate init(files: [StoryFile]) { self.files = files }

    /// The position of the next story.
    public var count: Int { files.map(\.layout.count).max() ?? 0 }

    /// - Throws: what reading throws, or ``MemoryFileError`` when there is none at the position.
    public func story(at position: Int) throws -> Story {
        for file in files.reversed() { if let story = try file.story(at: position) { return story } }
        throw MemoryFileError.damaged
    }
}
