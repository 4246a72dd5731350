import Language

/// Names whose head has the article, and what an organisation is for: «الاتحاد الليبي للشطرنج», «المحكمة العليا».
extension NamePhraseGrammar {
    // «الاتحاد الليبي للشطرنج», «المعهد الوطني للإحصاء», «المحكمة العليا»
    func definite(_ head: NamePhraseWords.Role, _ index: Int) -> Int? {
        var rest = Rest(end: index + 1)
        while reader.continues(rest.end), rest.adjectives < 3, isDefinite(rest.end),
            starts[rest.end] < 0 || isNationality(rest.end) || known[Int(starts[rest.end])].source == .model,
            words[document.tokens[rest.end].hash].contains(.adjective) || isNationality(rest.end)
        {
            rest.end += 1
            rest.adjectives += 1
        }
        guard rest.adjectives > 0, reader.continues(rest.end) || head.contains(.institution) || rest.adjectives > 1
        else {
            return nil
        }
        if reader.continues(rest.end), let end = purpose(rest.end) { return trailing(end) }
        let key = document.list.key(index + 1)
        switch document.list.key(index) {
        case let word where word.hasSuffix("القياده"): return key == "العامه" ? rest.end : nil
        case let word where word.hasSuffix("المستشفي") || word.hasSuffix("الجامعه") || word.hasSuffix("المدرسه"):
            // «المستشفى الأهلي المعمداني»
            if reader.continues(rest.end), isDefinite(rest.end), document.flags(at: rest.end).isEmpty,
                words[document.tokens[rest.end].hash].isEmpty
            {
                return rest.end + 1
            }
        default: break
        }
        // «المحكمة الليبية» may be any.
        guard !(index + 1..<rest.end).allSatisfy(isNationality) else { return nil }
        if head.contains(.institution) { return key == "الحاكم" || key == "الاولي" ? nil : rest.end }
        return rest.adjectives > 1 && (index + 1..<rest.end).contains(where: isNationality) ? rest.end : nil
    }

    /// «للأرصاد الجوية», «لكرة القدم», «لحقوق الإنسان».
    func purpose(_ index: Int) -> Int? {
        guard document.tokens[index].kind == .arabic, starts[index] < 0 else { return nil }
        let isNamed = words[document.tokens[index].hash].contains(.purpose)
        guard isNamed || document.begins(index, with: "لل") && document.tokens[index].keyCount >= 10,
            document.flags(at: index).isDisjoint(with: .country),
            !Self.isOccasion(document.list.key(index))
        else { return nil }
        var end = index + 1
        if isNamed {
            guard reader.continues(end), isDefinite(end) else { return nil }
            end += 1
        }
        return trailing(end)
    }

    func trailing(_ index: Int) -> Int {
        var end = index
        while reader.continues(end), end - index < 2, isDefinite(end), starts[end] < 0,
            words[document.tokens[end].hash].contains(.adjective) || isNationality(end)
        {
            end += 1
        }
        return end
    }

    /// «للمرة الأولى», «للمشاركة»: what someone does, not what an organisation is for.
    static func isOccasion(_ key: String) -> Bool {
        switch key {
        case "للمره", "للمشاركه", "للحوار", "للمطالبه", "للتعبير", "للحصول", "للتوصل", "للتحقيق", "للوصول", "للقيام",
            "للبحث", "للتفاوض", "للضغط", "للقاء", "للتاكيد", "للحد", "للرد", "للخروج", "للعوده", "للحفاظ", "للعمل",
            "للمساعده":
            true
        default: false
        }
    }
}
