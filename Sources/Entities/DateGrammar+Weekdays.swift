/// Days by the name of their weekday: «يوم الأربعاء 8 يوليو», «أمس الخميس», «الأحد الماضي».
extension DateGrammar {
    // «يوم الأربعاء 8 يوليو», «أمس الخميس», «الأحد الماضي»
    func weekdayDate(_ index: Int) -> Found? {
        var i = index
        var shift: Int?
        let first = front(i)
        if first.kind == .relativeDay {
            shift = first.value
            i += 1
            if reader.isSign(i, UInt8(ascii: "("))
                || reader.document.tokens.indices.contains(i) && reader.document.isKey(i, "،")
            {
                return nil
            }
        } else if first == GrammarWord(.day, 0) {
            i += 1
        }
        if reader.continues(i) || i == index, let end = dayBeforeYesterday(i) {
            // «يوم أول أمس الأحد»
            let isNamed = reader.continues(end) && reader.word(end).kind == .weekday
            return (isNamed ? end + 1 : end, published?.adding(days: -2).isoDay)
        }
        guard i == index || reader.continues(i) else { return nil }
        if first == GrammarWord(.day, 0), let date = dayDate(i, allowsClitics: false) { return date }
        if first == GrammarWord(.day, 0), reader.word(i).kind == .relativeDay {
            return weekdayDate(i) ?? relativeDay(i)
        }
        if shift == -1, reader.word(i) == GrammarWord(.ordinal, 1) {
            // «أمس الأول»
            shift = -2
            i += 1
            guard reader.continues(i), reader.word(i).kind == .weekday else {
                return (i, published?.adding(days: -2).isoDay)
            }
        }
        let word = i == index ? front(i) : reader.word(i)
        guard word.kind == .weekday, !isPrayer(index) else { return nil }
        i += 1
        // A weekday in brackets or behind a comma may have its date behind it.
        var j = i
        if reader.continues(j), reader.isSign(j, UInt8(ascii: ",")) || reader.document.isKey(j, "،") { j += 1 }
        if reader.continues(j), let date = dayDate(j, allowsClitics: false) { return date }
        if let shift { return (i, published?.adding(days: shift).isoDay) }
        if reader.continues(i), case let next = reader.word(i), next.kind == .shift {
            return (i + 1, day(word.value, next.value))
        }
        // «قبل يوم الخميس» looks ahead.
        if reader.isAhead(index) { return (i, day(word.value, 1)) }
        // «الأحد» alone could also be «the one»; that it is a weekday is far likelier in news.
        return (i, day(word.value, -1, mayBeToday: true))
    }

    // «صلاة الجمعة»
    func isPrayer(_ index: Int) -> Bool {
        switch reader.document.wordBefore(index).map({ reader.document.list.key($0) }) {
        case "صلاه", "خطبه", "لصلاه", "سوق", "الصلاه": true
        default: false
        }
    }

    func day(_ weekday: Int, _ shift: Int, mayBeToday: Bool = false) -> String? {
        guard let published else { return nil }
        let back = (published.weekday - weekday + 7) % 7
        if shift > 0 { return published.adding(days: back == 0 ? 7 : 7 - back).isoDay }
        return published.adding(days: back == 0 && !mayBeToday ? -7 : -back).isoDay
    }
}
