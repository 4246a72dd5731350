/// A month or a year alone: «شهر مايو», «يونيو/حزيران 2020», «عام 2011».
extension DateGrammar {
    // «شهر مايو», «يونيو/حزيران 2020», «في فبراير»
    func monthDate(_ index: Int) -> Found? {
        var i = index
        let startsWithUnit = front(i) == GrammarWord(.monthUnit, 0)
        if startsWithUnit { i += 1 }
        guard i == index || reader.continues(i), let (value, end) = month(i, allowsClitics: !startsWithUnit) else {
            return nil
        }
        let word = i == index ? front(i) : reader.word(i)
        guard let found = dated(CalendarDate(month: value), end) else { return nil }
        switch word.kind {
        case .month, .doubleMonth:
            // A Latin month may be an ordinary word.
            return reader.document.tokens[i].kind == .word && reader.document.tokens[i].capitals == .none
                && found.end == end
                ? nil : found
        case .doubtfulMonth: return startsWithUnit || found.end > end || isAfterPreposition(index) ? found : nil
        default: return startsWithUnit || found.end > end ? found : nil
        }
    }

    // «عام 2011», «العام الماضي», «منذ 2011»
    func yearDate(_ index: Int) -> Found? {
        let word = front(index)
        let next = index + 1
        if word == GrammarWord(.year, 0), reader.continues(next) {
            var i = next
            if reader.isSign(i, UInt8(ascii: "(")), let year = year(i + 1), reader.isSign(i + 2, UInt8(ascii: ")")) {
                return (i + 3, CalendarDate(year: year).iso)
            }
            if let year = year(i) {
                i += 1
                return (i, CalendarDate(year: year).iso)
            }
        }
        if word == GrammarWord(.year, 2), reader.continues(next), year(next) != nil {
            return (next + 1, CalendarDate(year: year(next)).iso)
        }
        guard let year = year(index), (1900...2099).contains(year), isBareYear(index) else { return nil }
        return (next, CalendarDate(year: year).iso)
    }

    /// Four digits are a year where a preposition or another year says so, and no counted noun follows.
    func isBareYear(_ index: Int) -> Bool {
        guard index > 0, reader.continues(index) else { return false }
        let after = reader.continues(index + 1) ? reader.word(index + 1).kind : .none
        if [.currency, .unit, .percent, .scale].contains(after) { return false }
        if isAfterPreposition(index) { return true }
        if reader.word(index - 1).kind == .and || reader.isSign(index - 1, UInt8(ascii: "-")) {
            return index >= 2 && year(index - 2) != nil
        }
        switch reader.document.list.key(index - 1) {
        // «كأس العالم 2022», «انتخابات 2021»
        case "العالم", "افريقيا", "اوروبا", "اسيا", "العرب", "الافريقيه", "الاوروبيه", "الاسيويه", "مونديال", "يورو",
            "موسم", "انتخابات",
            "موازنه", "ميزانيه", "ثوره", "دستور", "اولمبياد", "خريف", "صيف", "شتاء", "ربيع", "season":
            return true
        default: break
        }
        return reader.isSign(index - 1, UInt8(ascii: "(")) && reader.isSign(index + 1, UInt8(ascii: ")"))
    }

    func isAfterPreposition(_ index: Int) -> Bool {
        guard index > 0, reader.continues(index) else { return false }
        let kind = front(index - 1).kind
        return kind == .temporalPreposition || kind == .part || kind == .from
    }
}
