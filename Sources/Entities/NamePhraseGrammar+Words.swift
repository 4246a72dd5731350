import Language

/// What a word behind the head of a name may be to it, and which listed entity the whole is.
extension NamePhraseGrammar {
    /// The name that list or model found to begin at a token, when no clitic parts it from the word before.
    func name(at index: Int) -> Span? {
        guard reader.continues(index), starts[index] >= 0, case var span = known[Int(starts[index])],
            [.person, .location, .organisation, .miscellaneous].contains(span.type)
        else { return nil }
        guard span.letters > 0 else { return span }
        // «ملعب لوسيل»: right behind its head a foreign name begins with no preposition.
        guard span.source == .model, span.letters == 1, span.clitics != .waw, let model,
            model.frequency(document.hash(of: span) ?? 0) <= 2
        else { return nil }
        span.letters = 0
        span.clitics = .none
        return span
    }

    func isDefinite(_ index: Int, with article: StaticString = "ال") -> Bool {
        guard document.tokens[index].kind == .arabic, document.begins(index, with: article),
            document.tokens[index].keyCount >= 6 + article.utf8CodeUnitCount
        else { return false }
        if words[document.tokens[index].hash].contains(.adjective) { return true }
        let kind = reader.word(index).kind
        return document.flags(at: index).isDisjoint(with: [.functionWord, .speechVerb])
            && (article.utf8CodeUnitCount == 4
                ? document.flags(at: index).isDisjoint(with: .personTitle)
                    || words[document.tokens[index].hash].contains(.honorific) : true)
            && kind != .shift && kind != .weekday && kind != .relativeDay && kind != .ordinal
    }

    func isNationality(_ index: Int) -> Bool {
        document.flags(at: index).contains(.nationality) && document.begins(index, with: "ال")
    }

    /// «والمساواة» in «حركة العدل والمساواة», but not «والحكومة», which is someone else.
    func isJoined(_ index: Int) -> Bool {
        guard isDefinite(index, with: "وال"),
            let noun = document.readings(of: index).first(where: { $0.clitics == .waw })?.hash
        else { return false }
        return words[noun].isDisjoint(with: [.definite, .adjective])
            && !OrganisationGrammar.isHead(noun)
            && Lexicon.shared.flags(noun).isDisjoint(with: [
                .nationality, .country, .city, .givenName, .knownSurname, .knownOrganisation, .personTitle,
                .functionWord,
            ])
    }

    /// «قمة حلف شمال الأطلسي»
    func isSummit(_ index: Int) -> Bool { document.ends(index, with: "قمه") }

    /// «كتيبة 301», «اللواء 444 قتال»: behind a unit and its number.
    func numbered(_ index: Int) -> Int? {
        var end = index + 1
        guard reader.continues(end), reader.integer(end, maxDigits: 4) != nil else { return nil }
        end += 1
        guard reader.continues(end) else { return end }
        if words[document.tokens[end].hash].contains(.arm) { return end + 1 }
        // «اللواء 3 آلاف جندي»
        let after = reader.word(end).kind
        return [.scale, .unit, .currency, .percent, .month].contains(after) ? nil : end
    }

    func isGivenName(_ index: Int) -> Bool {
        reader.continues(index) && Lexicon.shared.flags(document.tokens[index].hash).contains(.givenName)
    }

    func isUnseen(_ index: Int) -> Bool {
        guard let model else { return false }
        let token = document.tokens[index]
        guard model.frequency(token.hash) == 0, token.keyCount > 4 else { return false }
        let rest = document.list.keys.withUnsafeBufferPointer { keys in
            TokenHash.hash(UnsafeBufferPointer(rebasing: keys[(Int(token.keyStart) + 4)..<Int(token.keyEnd)]))
        }
        return model.frequency(rest) == 0
    }

    /// A word that neither lexicon nor model has ever seen: behind a head, a foreign name.
    func isUnknown(_ index: Int) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .arabic, token.keyCount >= 6, let model else { return false }
        guard !document.begins(index, with: "ال"), !document.begins(index, with: "لل"),
            document.flags(at: index).isEmpty,
            document.readings(of: index).allSatisfy({ model.frequency($0.hash) == 0 })
        else { return false }
        // «ستنظم», «يعتزم»: rather a verb.
        return !document.ends(index, with: "يه") && !document.begins(index, with: "سي")
            && !document.begins(index, with: "ست")
            && !document.begins(index, with: "ي") && !document.begins(index, with: "ت")
    }

    func isPlainNoun(_ index: Int) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .arabic, token.keyCount >= 4, starts[index] < 0 else { return false }
        return document.flags(at: index).isDisjoint(with: [
            .functionWord, .speechVerb, .placePreposition, .personTitle, .nationality, .numberWord,
        ])
            && reader.word(index, allowsClitics: true).kind == .none && document.readings(of: index).count == 1
    }

    /// The listed entity that a phrase is another form of: its kind in front («شركة بوينغ»), or «الدولي» behind.
    func entry(_ head: NamePhraseWords.Role, _ index: Int, _ end: Int) -> Int32 {
        if starts[index] >= 0, case let whole = known[Int(starts[index])], whole.entry >= 0, whole.end <= end {
            // «المجلس الأعلى للدولة الليبي», but not «الاتحاد الليبي للشطرنج»
            if head.contains(.definite), whole.count < 3 { return -1 }
            return (whole.end..<end).allSatisfy { isNationality($0) || document.isKey($0, "الدولي") } ? whole.entry : -1
        }
        guard !head.contains(.definite), head.contains(.kind), let name = name(at: index + 1),
            name.type == .organisation, name.entry >= 0,
            name.end <= end, (name.end..<end).allSatisfy(isNationality)
        else { return -1 }
        return name.entry
    }
}
