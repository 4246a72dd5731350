import Language

/// Reads absolute and relative dates: «الأربعاء 8 يوليو/تموز 2020», «عام 2011», «أمس الخميس», «الأسبوع الماضي».
struct DateGrammar {
    let reader: GrammarReader
    let published: Timestamp?

    /// Whether a word can be the first of a date; `span(at:)` is asked nowhere else.
    static func mayBegin(at word: NewWord) -> Bool {
        word.token.kind == .number || word.token.kind == .word || word.form.grammar.word.kind != .none
    }

    /// The date that begins at token `index`.
    func span(at index: Int) -> Span? {
        guard
            reader.document.tokens[index].kind == .number || reader.document.tokens[index].kind == .word
                || front(index).kind != .none,
            let (end, value) = dayPartDate(index) ?? weekdayDate(index) ?? dayDate(index) ?? monthDate(index)
                ?? numeric(index) ?? yearDate(index) ?? relative(index) ?? ago(index) ?? latin(index)
        else { return nil }
        let reading = reader.readings[index]
        return Span(
            first: index,
            end: end,
            letters: reading.letters,
            clitics: reading.letters == 0 ? .none : reading.clitics,
            type: .date,
            source: .grammar,
            value: value
        )
    }

    private typealias Found = (end: Int, value: String?)

    private func front(_ index: Int) -> GrammarWord { reader.word(index, allowsClitics: true) }

    // «مساء الأربعاء», «فجر اليوم», «ليلة أمس»
    private func dayPartDate(_ index: Int) -> Found? {
        guard front(index).kind == .dayPart, reader.continues(index + 1), reader.readings[index + 1].letters == 0 else {
            return nil
        }
        return weekdayDate(index + 1) ?? relativeDay(index + 1) ?? dayDate(index + 1, allowsClitics: false)
    }

    // «قبل يومين», «قبل ثلاثة أسابيع»
    private func ago(_ index: Int) -> Found? {
        guard reader.document.isKey(index, "قبل"), reader.continues(index + 1) else { return nil }
        if !Self.plurals.contains(reader.document.list.key(index + 1)),
            let (days, months) = Self.span(reader.document.list.key(index + 1))
        {
            // «قبل يوم الخميس», «قبل عام 2011», «قبل شهر رمضان»
            let next = reader.continues(index + 2) ? reader.word(index + 2).kind : .none
            guard ![.weekday, .month, .doubtfulMonth, .doubleMonth, .islamicMonth, .shift].contains(next),
                !reader.continues(index + 2) || reader.document.tokens[index + 2].kind != .number
            else { return nil }
            return (index + 2, back(days: days, months: months))
        }
        guard reader.continues(index + 2), let (days, months) = Self.span(reader.document.list.key(index + 2)) else {
            return nil
        }
        let word = reader.word(index + 1)
        guard let count = reader.integer(index + 1, maxDigits: 3) ?? (word.kind == .ones ? word.value : nil),
            count < 200
        else { return nil }
        return (index + 3, back(days: days * count, months: months * count))
    }

    // «last Friday», «next week», «la semaine dernière»
    private func latin(_ index: Int) -> Found? {
        guard reader.document.tokens[index].kind == .word, reader.continues(index + 1) else { return nil }
        if let shift = Self.shifts[reader.document.list.key(index)] {
            let unit = reader.word(index + 1)
            switch unit.kind {
            case .weekday: return (index + 2, day(unit.value, shift))
            case .week: return (index + 2, published?.adding(days: 7 * shift).isoWeek)
            default:
                switch reader.document.list.key(index + 1) {
                case "month": return (index + 2, shifted(months: shift))
                case "year":
                    return (index + 2, published.map { CalendarDate(year: $0.components.year + shift).iso } ?? nil)
                default: return nil
                }
            }
        }
        let first = ["la", "le", "l", "cette", "ce"].contains(reader.document.list.key(index)) ? index + 1 : index
        guard reader.continues(first + 1) else { return nil }
        guard let shift = Self.adjectives[reader.document.list.key(first + 1)] else { return nil }
        switch reader.word(first).kind {
        case .weekday: return (first + 2, day(reader.word(first).value, shift))
        case .week: return (first + 2, published?.adding(days: 7 * shift).isoWeek)
        case .monthUnit: return (first + 2, shifted(months: shift))
        case .year: return (first + 2, published.map { CalendarDate(year: $0.components.year + shift).iso } ?? nil)
        default: return nil
        }
    }

    private static let shifts = ["last": -1, "this": 0, "next": 1]
    private static let adjectives = ["dernier": -1, "derniere": -1, "prochain": 1, "prochaine": 1]

    private func shifted(months: Int) -> String? {
        guard let now = published?.components else { return nil }
        let month = now.year * 12 + now.month - 1 + months
        return CalendarDate(year: month / 12, month: month % 12 + 1).iso
    }

    private func back(days: Int, months: Int) -> String? {
        guard let published else { return nil }
        if months == 0 { return published.adding(days: -days).isoDay }
        let now = published.components
        let month = now.year * 12 + now.month - 1 - months
        return months % 12 == 0
            ? CalendarDate(year: now.year - months / 12).iso : CalendarDate(year: month / 12, month: month % 12 + 1).iso
    }

    /// «قبل أيام»: nobody knows how many.
    private static let plurals: Set<String> = ["ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات"]

    /// How long a unit of time is: in days, or in months.
    private static func span(_ key: String) -> (days: Int, months: Int)? {
        switch key {
        case "يومين": (2, 0)
        case "يوم", "ايام": (1, 0)
        case "اسبوعين": (14, 0)
        case "اسبوع", "اسابيع": (7, 0)
        case "شهرين": (0, 2)
        case "شهر", "اشهر", "شهور": (0, 1)
        case "عامين", "سنتين": (0, 24)
        case "عام", "سنه", "اعوام", "سنوات": (0, 12)
        default: nil
        }
    }

    // MARK: With a weekday

    // «يوم الأربعاء 8 يوليو», «أمس الخميس», «الأحد الماضي»
    private func weekdayDate(_ index: Int) -> Found? {
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
    private func isPrayer(_ index: Int) -> Bool {
        switch reader.document.wordBefore(index).map({ reader.document.list.key($0) }) {
        case "صلاه", "خطبه", "لصلاه", "سوق", "الصلاه": true
        default: false
        }
    }

    private func day(_ weekday: Int, _ shift: Int, mayBeToday: Bool = false) -> String? {
        guard let published else { return nil }
        let back = (published.weekday - weekday + 7) % 7
        if shift > 0 { return published.adding(days: back == 0 ? 7 : 7 - back).isoDay }
        return published.adding(days: back == 0 && !mayBeToday ? -7 : -back).isoDay
    }

    // MARK: Day and month

    // «4 أبريل», «8 يوليو/تموز 2020», «الرابع والعشرين من يونيو الجاري»
    private func dayDate(_ index: Int, allowsClitics: Bool = true) -> Found? {
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

    private func ordinal(_ index: Int, _ allowsClitics: Bool) -> (value: Int, end: Int)? {
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
    private func month(_ index: Int, allowsClitics: Bool) -> (value: Int, end: Int)? {
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

    private func twinMonth(_ index: Int, _ value: Int) -> Int? {
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
    private func dated(_ date: CalendarDate, _ end: Int) -> Found? {
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

    // MARK: Month or year alone

    // «شهر مايو», «يونيو/حزيران 2020», «في فبراير»
    private func monthDate(_ index: Int) -> Found? {
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
    private func yearDate(_ index: Int) -> Found? {
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
    private func isBareYear(_ index: Int) -> Bool {
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

    private func isAfterPreposition(_ index: Int) -> Bool {
        guard index > 0, reader.continues(index) else { return false }
        let kind = front(index - 1).kind
        return kind == .temporalPreposition || kind == .part || kind == .from
    }

    private func year(_ index: Int) -> Int? {
        guard reader.document.tokens.indices.contains(index), reader.document.tokens[index].keyCount == 4,
            let value = reader.integer(index, maxDigits: 4), (1000...2199).contains(value)
        else { return nil }
        return value
    }

    // MARK: Relative and numeric

    // «اليوم», «أمس», «الأسبوع الماضي», «الشهر المقبل»
    private func relative(_ index: Int) -> Found? {
        let word = front(index)
        let next = reader.continues(index + 1) ? reader.word(index + 1) : GrammarWord()
        switch word.kind {
        case .relativeDay: return relativeDay(index)
        case .this:
            guard reader.continues(index + 1), [.week, .monthUnit, .year].contains(next.kind), next.value == 0,
                reader.document.begins(index + 1, with: "ال")
            else { return nil }
            return (index + 2, this(next.kind))
        case .week where next.kind == .shift:
            return (index + 2, published?.adding(days: 7 * next.value).isoWeek)
        case .monthUnit where next.kind == .shift && word.value == 0:
            guard let now = published?.components else { return (index + 2, nil) }
            let months = now.year * 12 + now.month - 1 + next.value
            return (index + 2, CalendarDate(year: months / 12, month: months % 12 + 1).iso)
        case .year where next.kind == .shift && word.value == 0:
            return (index + 2, published.map { CalendarDate(year: $0.components.year + next.value).iso } ?? nil)
        default: return nil
        }
    }

    private func relativeDay(_ index: Int) -> Found? {
        let word = front(index)
        guard word.kind == .relativeDay, word.value != 0 || isToday(index) else { return nil }
        return (index + 1, published?.adding(days: word.value).isoDay)
    }

    private func this(_ unit: GrammarWord.Kind) -> String? {
        guard let published else { return nil }
        let now = published.components
        switch unit {
        case .week: return published.isoWeek
        case .monthUnit: return CalendarDate(year: now.year, month: now.month).iso
        default: return CalendarDate(year: now.year).iso
        }
    }

    /// «اليوم» is also "the day": no numeral, adjective or «في» makes it so.
    private func isToday(_ index: Int) -> Bool {
        guard reader.continues(index + 1) else { return true }
        let next = reader.word(index + 1)
        if next.kind == .ordinal || next.kind == .shift { return false }
        switch reader.document.list.key(index + 1) {
        case "العالمي", "الواحد", "التالي", "نفسه", "ذاته", "الوطني", "الدولي", "الدراسي", "الذي": return false
        default: break
        }
        guard index > 0, reader.continues(index), reader.readings[index].letters == 0 else {
            return reader.readings[index].letters == 0 || reader.readings[index].clitics == .waw
        }
        switch reader.document.list.key(index - 1) {
        case "في", "ذلك", "نفس", "طوال", "طيله": return false
        default: return true
        }
    }

    // «8/7/2020», «2020-07-08», «8.7.2020»
    private func numeric(_ index: Int) -> Found? {
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
    private func ordered(_ a: Int, _ b: Int, _ c: Int) -> CalendarDate? {
        let date =
            a > 31
            ? CalendarDate(year: a, month: b, day: c)
            : b > 12 ? CalendarDate(year: c, month: a, day: b) : CalendarDate(year: c, month: b, day: a)
        guard let year = date.year, (1000...2199).contains(year), date.isPossible else { return nil }
        return date
    }
}

extension Timestamp {
    fileprivate var isoDay: String? { CalendarDate(self).iso }
}
