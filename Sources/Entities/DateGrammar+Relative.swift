/// What counts from the day of publication: «اليوم», «الأسبوع الماضي», «قبل ثلاثة أسابيع», «last Friday».
extension DateGrammar {
    // «اليوم», «أمس», «الأسبوع الماضي», «الشهر المقبل»
    func relative(_ index: Int) -> Found? {
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

    /// Behind «أول أمس» or «أول من أمس».
    func dayBeforeYesterday(_ index: Int) -> Int? {
        guard front(index).kind == .first, reader.continues(index + 1) else { return nil }
        let day = reader.word(index + 1).kind == .from ? index + 2 : index + 1
        return reader.continues(day) && reader.word(day) == GrammarWord(.relativeDay, -1) ? day + 1 : nil
    }

    func relativeDay(_ index: Int) -> Found? {
        let word = front(index)
        guard word.kind == .relativeDay, word.value != 0 || isToday(index) else { return nil }
        return (index + 1, published?.adding(days: word.value).isoDay)
    }

    func this(_ unit: GrammarWord.Kind) -> String? {
        guard let published else { return nil }
        let now = published.components
        switch unit {
        case .week: return published.isoWeek
        case .monthUnit: return CalendarDate(year: now.year, month: now.month).iso
        default: return CalendarDate(year: now.year).iso
        }
    }

    /// «اليوم» is also "the day": no numeral, adjective or «في» makes it so.
    func isToday(_ index: Int) -> Bool {
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

    // «قبل يومين», «قبل ثلاثة أسابيع»
    func ago(_ index: Int) -> Found? {
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
    func latin(_ index: Int) -> Found? {
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
        let first = Self.articles.contains(reader.document.list.key(index)) ? index + 1 : index
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

    static let articles: Set<String> = ["la", "le", "l", "cette", "ce"]
    static let shifts = ["last": -1, "this": 0, "next": 1]
    static let adjectives = ["dernier": -1, "derniere": -1, "prochain": 1, "prochaine": 1]

    func shifted(months: Int) -> String? {
        guard let now = published?.components else { return nil }
        let month = now.year * 12 + now.month - 1 + months
        return CalendarDate(year: month / 12, month: month % 12 + 1).iso
    }

    func back(days: Int, months: Int) -> String? {
        guard let published else { return nil }
        if months == 0 { return published.adding(days: -days).isoDay }
        let now = published.components
        let month = now.year * 12 + now.month - 1 - months
        return months % 12 == 0
            ? CalendarDate(year: now.year - months / 12).iso : CalendarDate(year: month / 12, month: month % 12 + 1).iso
    }

    /// «قبل أيام»: nobody knows how many.
    static let plurals: Set<String> = ["ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات"]

    /// How long a unit of time is: in days, or in months.
    static func span(_ key: String) -> (days: Int, months: Int)? {
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
}
