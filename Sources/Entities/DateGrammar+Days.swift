/// Days of a month and dates in digits: «4 أبريل», «الرابع والعشرين من يونيو الجاري», «2020-07-08».
extension DateGrammar {
    // «4 أبريل», «8 يوليو/تموز 2020», «الرابع والعشرين من يونيو الجاري»
    func dayDate(_ index: Int, allowsClitics: Bool = true) -> Found? {
        guard reader.document.tokens.indices.contains(index) else { return nil }
        var i = index
        let day: Int
        if let digits = reader.integer(i, maxDigits: 2), (1...31).contains(digits) {
            day = digits
            i += 1
        } else if let (value, end) = ordinal(i, allowsClitics), (1...31).contains(value) {
            day = value
            i = end
        } else if let (month, end) = month(i, allowsClitics: allowsClitics), reader.continues(end),
            reader.document.tokens[i].kind == .word, let day = reader.integer(end, maxDigits: 2), (1...31).contains(day)
        {
            // July 8, 2020
            var end = end + 1
            var date = CalendarDate(month: month, day: day)
            if reader.isSign(end, UInt8(ascii: ",")), let year = year(end + 1) {
                date.year = year
                end += 2
            } else if reader.continues(end), let year = year(end) {
                date.year = year
                end += 1
            }
            return date.isPossible ? (end, date.completed(by: published).iso) : nil
        } else {
            return nil
        }
        guard reader.continues(i) else { return nil }
        // «4-5 أبريل», «14 و15 يونيو»: a range ends at its second day.
        if reader.word(i).kind == .from { i += 1 }
        if reader.continues(i), reader.word(i).kind == .monthUnit { i += 1 }
        guard reader.continues(i), let (month, end) = month(i, allowsClitics: false) else { return nil }
        return dated(CalendarDate(month: month, day: day), end)
    }

    func ordinal(_ index: Int, _ allowsClitics: Bool) -> (value: Int, end: Int)? {
        let first = reader.word(index, allowsClitics: allowsClitics)
        guard first.kind == .ordinal else { return nil }
        // «النصف الأول من أبريل» is no day.
        if let before = reader.document.wordBefore(index) {
            switch reader.document.list.key(before) {
            case "النصف", "الاسبوع", "الربع", "الثلث": return nil
            default: break
            }
        }
        if reader.continues(index + 1) {
            if reader.joinedWord(index + 1).kind == .ordinal, reader.joinedWord(index + 1).value >= 20, first.value < 10
            {
                return (abs(first.value) + reader.joinedWord(index + 1).value, index + 2)
            }
            if reader.word(index + 1) == GrammarWord(.ones, 10) { return (abs(first.value) + 10, index + 2) }
        }
        return first.value > 0 ? (first.value, index + 1) : nil
    }

    /// A month under one or two names: «يوليو/تموز», «كانون الثاني (يناير)». An Islamic month is 0.
    func month(_ index: Int, allowsClitics: Bool) -> (value: Int, end: Int)? {
        let word = reader.word(index, allowsClitics: allowsClitics)
        var end = index + 1
        var value = word.value
        switch word.kind {
        case .month, .doubtfulMonth: break
        case .islamicMonth: return (0, end)
        case .doubleMonth:
            let next = reader.continues(end) ? reader.word(end) : GrammarWord()
            guard next.kind == .ordinal, (1...2).contains(next.value) else { return nil }
            value = word.value == 11 ? (next.value == 1 ? 12 : 1) : (next.value == 1 ? 10 : 11)
            end += 1
        default: return nil
        }
        if reader.isSign(end, UInt8(ascii: "/")), let twin = twinMonth(end + 1, value) { return (value, twin) }
        if reader.isSign(end, UInt8(ascii: "(")), let twin = twinMonth(end + 1, value),
            reader.isSign(twin, UInt8(ascii: ")"))
        {
            return (value, twin + 1)
        }
        return (value, end)
    }

    func twinMonth(_ index: Int, _ value: Int) -> Int? {
        guard reader.continues(index) else { return nil }
        let word = reader.word(index)
        switch word.kind {
        case .month, .doubtfulMonth: return word.value == value ? index + 1 : nil
        case .doubleMonth:
            guard reader.continues(index + 1), reader.word(index + 1).kind == .ordinal else { return nil }
            return index + 2
        default: return nil
        }
    }

    /// The year behind a month, or a word that says which.
    func dated(_ date: CalendarDate, _ end: Int) -> Found? {
        var date = date
        var end = end
        if date.month == 0 {
            date = CalendarDate()
            if reader.continues(end), reader.integer(end, maxDigits: 4) ?? 0 > 1300 { end += 1 }
            return (end, nil)
        }
        guard date.isPossible else { return nil }
        var next = end
        if reader.continues(next), reader.isSign(next, UInt8(ascii: ",")) || reader.document.isKey(next, "،") {
            next += 1
        }
        if reader.continues(next), reader.word(next) == GrammarWord(.year, 0) || reader.word(next).kind == .from {
            next += 1
        }
        if reader.continues(next), reader.word(next) == GrammarWord(.year, 0) { next += 1 }
        if reader.continues(next), let year = year(next) {
            date.year = year
            return date.isPossible ? (next + 1, date.iso) : nil
        }
        if reader.continues(end), case let word = reader.word(end), word.kind == .shift {
            if let published {
                let now = published.components
                var year = now.year
                if let month = date.month {
                    if word.value < 0, month > now.month || (month == now.month && date.day == nil) { year -= 1 }
                    if word.value > 0, month <= now.month { year += 1 }
                }
                date.year = year
            }
            return (end + 1, date.iso)
        }
        return (end, date.completed(by: published).iso)
    }

    // «8/7/2020», «2020-07-08», «8.7.2020»
    func numeric(_ index: Int) -> Found? {
        guard reader.document.tokens[index].kind == .number else { return nil }
        let tokens = reader.document.tokens
        if tokens[index].keyCount >= 8 {
            let parts = reader.document.list.key(index).split(separator: ".")
            guard parts.count == 3, let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]),
                let date = ordered(a, b, c)
            else { return nil }
            return (index + 1, date.iso)
        }
        guard index + 4 < tokens.count, let a = reader.integer(index, maxDigits: 4),
            let b = reader.integer(index + 2, maxDigits: 2), let c = reader.integer(index + 4, maxDigits: 4)
        else { return nil }
        for sign in [UInt8(ascii: "/"), UInt8(ascii: "-")]
        where reader.isSign(index + 1, sign) && reader.isSign(index + 3, sign) {
            guard let date = ordered(a, b, c) else { return nil }
            return (index + 5, date.iso)
        }
        return nil
    }

    /// Day first as Arabic and French papers write it, year first as ISO does.
    func ordered(_ a: Int, _ b: Int, _ c: Int) -> CalendarDate? {
        let date =
            a > 31
            ? CalendarDate(year: a, month: b, day: c)
            : b > 12 ? CalendarDate(year: c, month: a, day: b) : CalendarDate(year: c, month: b, day: a)
        guard let year = date.year, (1000...2199).contains(year), date.isPossible else { return nil }
        return date
    }
}
