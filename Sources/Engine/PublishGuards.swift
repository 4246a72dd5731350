import Pipeline

/// What holds a publish back: counts that do not add up, or a day that looks wrong.
struct PublishGuards {
    private let guards: Definition.Guards
    private let allowEmpty: Bool
    private let minArticles: Int

    init(_ plan: Plan) {
        guards = plan.definition.guards
        allowEmpty = plan.definition.allowEmpty
        // Where only new inputs are read, a day on which they all repeat what is there is a good day.
        minArticles = guards.minArticles ?? (plan.readsOnlyNew ? 0 : 1)
    }

    /// Why the run may not be published; nil when it may.
    func refusal(_ counts: RunCounts, after last: RunReport?) -> (problem: String, code: RunError.ExitCode)? {
        let quarantined = counts.quarantinedTotal
        let dropped = counts.droppedTotal
        if !counts.addsUp {
            let parts = "\(counts.kept) kept, \(dropped) dropped and \(quarantined) quarantined"
            return ("\(counts.read) articles read, but \(parts)", .bug)
        }
        if let problem = excess(quarantined, of: counts.read, guards.maxErrors, "maxErrors", "articles failed")
            ?? excess(
                counts.failedInputs,
                of: counts.inputs,
                guards.maxFailedInputs,
                "maxFailedInputs",
                "inputs could not be read to their end"
            )
            ?? excess(dropped, of: counts.read, guards.maxDropped, "maxDropped", "articles were dropped")
        {
            return (problem, .refused)
        }
        if let allowance = guards.maxShrink, let last, !allowance.admits(max(0, last.kept - counts.kept), of: last.kept)
        {
            let few = "\(counts.kept) articles were kept, \(last.kept) in the last run"
            return ("\(few): fewer than guards.maxShrink (\(text(allowance))) admits", .refused)
        }
        if counts.kept < minArticles, !(counts.read == 0 && allowEmpty) {
            let few = "\(counts.kept) articles were kept"
            return ("\(few), fewer than guards.minArticles (\(minArticles))", .refused)
        }
        return nil
    }

    private func excess(_ part: Int, of whole: Int, _ allowance: Allowance?, _ name: String, _ what: String) -> String?
    {
        guard let allowance, !allowance.admits(part, of: whole) else { return nil }
        return "\(part) of \(whole) \(what), more than guards.\(name) (\(text(allowance))) admits"
    }

    private func text(_ allowance: Allowance) -> String {
        switch allowance {
        case .count(let count): String(count)
        case .share(let share): "\(Double(share) / 100)%"
        }
    }
}
