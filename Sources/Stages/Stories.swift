import Deduplication
import Formats
import Language
import Pipeline

/// The kept articles and how often each was repeated, by whom and when: `stories.csv`.
///
/// Stories have positions that go on over the runs; those of earlier runs are read when something repeats them.
/// Memory: about 200 bytes a kept article.
struct Stories: Sendable {
    private struct Kept: Sendable {
        let id: String
        let title: String?
        let outlet: String?
        let published: Timestamp?
    }

    private(set) var contained = ContainedTable()
    private let memory: StoryMemory
    private let base: Int
    private var kept: [Kept] = []
    /// Stories that this run repeats, links to or revises, by their positions.
    private var touched: [Int: Touched] = [:]

    private struct Touched: Sendable {
        var story: Story
        /// Whether an article of this run repeats it.
        var isRepeated = false
        var isChanged = false
    }

    init(memory: StoryMemory = StoryMemory()) {
        self.memory = memory
        base = memory.count
    }

    /// The position that the next kept article will have.
    var count: Int { base + kept.count }

    mutating func id(of position: Int) throws -> String {
        position < base ? try touch(position).story.id : kept[position - base].id
    }

    mutating func addKept(_ article: Article, _ containments: [Containment] = []) throws {
        let position = count
        kept.append(
            Kept(id: article.id ?? "", title: article.title, outlet: article.outlet, published: article.published)
        )
        if containments.isEmpty { return }
        var touched = try touch(position)
        touched.story.containments = containments
        self.touched[position] = touched
        try reportContained(at: position)
    }

    /// Lists what a story is contained in, and what it contains.
    mutating func reportContained(at position: Int) throws {
        let story = try touch(position).story
        for containment in story.containments {
            let other = try touch(containment.other).story
            contained.add(containment.isInner ? (story, in: other) : (other, in: story), share: containment.share / 10)
        }
    }

    /// - Parameter isKnown: an earlier run counted the article.
    mutating func addRepeat(_ article: Article, of position: Int, isKnown: Bool) throws {
        var touched = try touch(position)
        touched.isRepeated = true
        if !isKnown {
            touched.story.addRepeat(outlet: article.outlet, published: article.published?.seconds)
            touched.isChanged = true
        }
        self.touched[position] = touched
    }

    /// The story of an earlier run has a new text, and perhaps a new title.
    mutating func revise(_ article: Article, at position: Int) throws {
        var touched = try touch(position)
        touched.isChanged = touched.isChanged || touched.story.title != article.title
        touched.story.title = article.title
        self.touched[position] = touched
    }

    private mutating func touch(_ position: Int) throws -> Touched {
        if let known = touched[position] { return known }
        let fresh = Touched(story: position < base ? try memory.story(at: position) : story(kept[position - base]))
        touched[position] = fresh
        return fresh
    }

    private func story(_ kept: Kept) -> Story {
        Story(id: kept.id, title: kept.title, outlet: kept.outlet, published: kept.published?.seconds)
    }

    /// What later runs have to know: this run's stories, and those of earlier runs that it changed.
    var changed: [(position: Int, story: Story)] {
        let new = kept.indices.map { (base + $0, touched[base + $0]?.story ?? story(kept[$0])) }
        return touched.filter { $0.key < base && $0.value.isChanged }.map { ($0.key, $0.value.story) } + new
    }

    private static let schema = TableSchema([
        .init("id", .text, "The article that was kept."),
        .init("title", .text, optional: true, "Its headline."),
        .init("repeats", .count, "How many articles repeat it."),
        .init("outlets", .text, optional: true, "Who published it, joined by \"; \"."),
        .init("first_published", .time, optional: true, "The earliest time of them all."),
        .init("last_published", .time, optional: true, "The latest."),
    ])

    var table: ExtraTable {
        var writer = CSVWriter()
        for column in Self.schema.columns { writer.cell(column.name) }
        writer.endRow()
        let repeated = touched.filter(\.value.isRepeated).sorted { $0.key < $1.key }.map(\.value.story)
        for story in repeated {
            writer.cell(story.id)
            writer.cell(story.title)
            writer.cell(story.repeats)
            writer.cell(story.outlets.joined(separator: "; "))
            writer.cell(story.firstPublished.map { Timestamp(seconds: $0).rfc3339 })
            writer.cell(story.lastPublished.map { Timestamp(seconds: $0).rfc3339 })
            writer.endRow()
        }
        return ExtraTable(file: "stories.csv", bytes: writer.bytes, rows: repeated.count, schema: Self.schema)
    }
}
