import Commands
import Pipeline
import Stages

/// An `etl` with one stage more.
@main struct News {
    static func main() { ETLCommand.main(stages: standardStages + [HeadlineStage.self]) }
}

/// Shortens headlines at their last word that fits.
struct HeadlineStage: Transform {
    static let maxLength = StageOption("maxLength", 60, in: 1...1000, "Characters that a headline may have.")
    static let reference = StageReference(
        name: "headline",
        summary: "Shortens headlines.",
        discussion: "Cuts behind the last word that fits and adds an ellipsis.",
        options: [maxLength.erased],
        examples: [
            StageExample(
                "At a word",
                options: #"{"maxLength":12}"#,
                [(#"{"id":"1","title":"افتتاح معرض الكتاب","text":"x"}"#, .kept(#"{"title":"افتتاح معرض…"}"#))]
            )
        ]
    )

    private let maxLength: Int

    init(_ options: StageOptions) throws(StageProblem) {
        maxLength = options[Self.maxLength]
    }

    func apply(_ article: inout Article) throws -> Verdict {
        guard let title = article.title, title.count > maxLength else { return .keep }
        var short = ""
        for word in title.split(separator: " ") {
            if short.count + word.count >= maxLength { break }
            short += short.isEmpty ? word : " " + word
        }
        article.title = short + "…"
        return .keep
    }
}
