import Locking

/// What one worker keeps from article to article: the forms of words it has met and what a model makes of them.
///
/// It saves work and decides nothing: a tagger without it would give the same mentions.
final class TaggerMemory {
    let words: WordForms
    let arabic = SequenceWeights()
    let latin = SequenceWeights()

    init(automaton: NameAutomaton) { words = WordForms(automaton: automaton) }
}

/// The memories of a tagger: as many as there are articles tagged at once.
final class TaggerMemories: @unchecked Sendable {
    private let automaton: NameAutomaton
    private let monitor = Monitor()
    /// Guarded by `monitor`.
    private var free: [TaggerMemory] = []

    init(automaton: NameAutomaton) { self.automaton = automaton }

    func take() -> TaggerMemory {
        monitor.lock()
        let memory = free.popLast()
        monitor.unlock()
        return memory ?? TaggerMemory(automaton: automaton)
    }

    /// One that has met too many words is not kept, so memory is bounded.
    func putBack(_ memory: TaggerMemory) {
        guard !memory.words.isFull else { return }
        monitor.lock()
        free.append(memory)
        monitor.unlock()
    }
}
