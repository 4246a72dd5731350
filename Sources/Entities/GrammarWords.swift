import Language

/// What a word means inside a date or a number: a month, a weekday, an ordinal, a power of ten, a currency …
struct GrammarWord: Equatable, Sendable {
    enum Kind: UInt8, Sendable {
        case none
        case month
        /// «مارس» and «آب» are ordinary words too: they need a day, a year or a preposition beside them.
        case doubtfulMonth
        /// «كانون» and «تشرين» wait for «الأول» or «الثاني».
        case doubleMonth
        /// A month of the Islamic calendar; it has no ISO value here.
        case islamicMonth
        case weekday
        /// Days from the day of publication.
        case relativeDay
        case day, week, monthUnit, year
        /// «صباح», «مساء»: in front of a day.
        case dayPart
        /// «هذا», «هذه»
        case this
        /// -1 for the last, 0 for this, 1 for the next.
        case shift
        /// «الرابع», «العشرين».
        case ordinal
        case ones, ten, tens, hundreds, scale
        case currency, unit, percent
        /// «في», «منذ»: a bare year or a doubtful month may follow.
        case temporalPreposition
        case from
        /// «نصف»: of a million, or behind one.
        case half
        /// «مربع», «مكعب»: behind a unit of length.
        case measure
        /// «أول», in «أول أمس».
        case first
        /// «أوائل», «مطلع», «نهاية».
        case part
        case and
    }

    var kind = Kind.none
    var value = 0

    init(_ kind: Kind = .none, _ value: Int = 0) {
        self.kind = kind
        self.value = value
    }

    fileprivate init(raw: UInt32) {
        kind = Kind(rawValue: UInt8(raw & 0xFF)) ?? .none
        value = Int(raw >> 8) - 0x10_0000
    }

    fileprivate var raw: UInt32 { UInt32(value + 0x10_0000) << 8 | UInt32(kind.rawValue) }
}

/// The words of dates and numbers in Arabic, English and French, by hash.
struct GrammarWords: Sendable {
    static let shared = GrammarWords()

    private var table = HashTable(capacity: 1 << 11)

    @inline(__always)
    subscript(hash: UInt64) -> GrammarWord {
        let raw = table[hash]
        return raw == 0 ? GrammarWord() : GrammarWord(raw: raw)
    }

    private init() {
        // `kind`, then groups of `value: words`.
        for line in Self.text.split(separator: "\n") {
            let fields = line.split(separator: "|")
            guard let kind = Self.kinds[String(fields[0])] else { continue }
            for field in fields.dropFirst() {
                let parts = field.split(separator: ":")
                guard parts.count == 2, let value = Int(parts[0]) else { continue }
                let list = TokenList(String(parts[1]))
                for token in list.tokens { table[token.hash] = GrammarWord(kind, value).raw }
            }
        }
    }

    private static let kinds: [String: GrammarWord.Kind] = [
        "month": .month, "doubtful": .doubtfulMonth, "double": .doubleMonth, "islamic": .islamicMonth,
        "weekday": .weekday, "dayPart": .dayPart, "this": .this, "relative": .relativeDay, "day": .day, "week": .week,
        "monthUnit": .monthUnit,
        "year": .year, "shift": .shift, "ordinal": .ordinal, "ones": .ones, "ten": .ten, "tens": .tens,
        "hundreds": .hundreds, "scale": .scale, "currency": .currency, "unit": .unit, "percent": .percent,
        "preposition": .temporalPreposition, "from": .from, "half": .half, "measure": .measure, "first": .first,
        "part": .part, "and": .and,
    ]

    // Weekdays count from Sunday, scales are powers of ten.
    private static let text = """
        month|1:يناير جانفي january janvier|2:فبراير شباط فيفري february février|3:آذار|4:أبريل إبريل نيسان أفريل april avril
        month|5:مايو أيار|6:يونيو يونيه حزيران june juin|7:يوليو يوليه تموز جويلية july juillet|8:أغسطس august août
        month|9:سبتمبر أيلول september septembre|10:أكتوبر october octobre|11:نوفمبر november novembre|12:ديسمبر december décembre
        doubtful|3:مارس march mars|5:ماي may mai|6:جوان|8:آب أوت
        double|11:كانون|9:تشرين
        islamic|1:محرم|2:صفر|7:رجب|8:شعبان|9:رمضان|10:شوال
        weekday|0:الأحد sunday dimanche|1:الاثنين الإثنين monday lundi|2:الثلاثاء tuesday mardi|3:الأربعاء wednesday mercredi
        weekday|4:الخميس thursday jeudi|5:الجمعة friday vendredi|6:السبت saturday samedi
        relative|0:اليوم today|-1:أمس البارحة yesterday hier|1:غدا الغد غد tomorrow demain
        dayPart|0:صباح مساء فجر ظهر عصر ليلة عشية صبيحة ضحى نهار
        this|0:هذا هذه
        day|0:يوم|2:يومي
        week|0:الأسبوع أسبوع week semaine
        monthUnit|0:شهر الشهر mois|2:شهري
        year|0:عام سنة العام السنة an année|2:عامي
        shift|-1:الماضي الماضية المنصرم المنصرمة الفائت الفائتة|0:الجاري الجارية الحالي الحالية|1:المقبل المقبلة القادم القادمة
        ordinal|1:الأول الاول|2:الثاني|3:الثالث|4:الرابع|5:الخامس|6:السادس|7:السابع|8:الثامن|9:التاسع|10:العاشر|-1:الحادي
        ordinal|20:العشرين العشرون|30:الثلاثين الثلاثون
        ones|3:three trois|4:four quatre|5:five cinq|6:six|7:seven sept|8:eight huit|9:nine neuf|10:ten dix
        ones|1:واحد واحدة أحد إحدى واحدا|3:ثلاثا|4:أربعا|5:خمسا|6:ستا|7:سبعا|8:ثمانيا|9:تسعا|2:اثنان اثنين اثنتان اثنتين اثني اثنا اثنتي اثنتا|3:ثلاثة ثلاث|4:أربعة أربع|5:خمسة خمس|6:ستة ست|7:سبعة سبع
        ones|11:eleven onze|12:twelve douze|8:ثمانية ثماني ثمان|9:تسعة تسع|10:عشرة عشر
        tens|20:عشرون عشرين|30:ثلاثون ثلاثين|40:أربعون أربعين|50:خمسون خمسين|60:ستون ستين|70:سبعون سبعين|80:ثمانون ثمانين|90:تسعون تسعين
        hundreds|100:مئة مائة مية|200:مئتان مئتين مئتي مئتا مائتان مائتين مائتي مائتا|300:ثلاثمئة ثلاثمائة|400:أربعمئة أربعمائة|500:خمسمئة خمسمائة
        hundreds|600:ستمئة ستمائة|700:سبعمئة سبعمائة|800:ثمانمئة ثمانمائة ثمانيمئة|900:تسعمئة تسعمائة
        scale|3:ألف ألفا آلاف الاف thousand mille|6:مليون مليونا ملايين million millions|9:مليار مليارا مليارات بليون billion milliard milliards|12:تريليون تريليونات trillion
        scale|-3:ألفين ألفان ألفي|-6:مليونين مليونان مليوني|-9:مليارين ملياران ملياري|-12:تريليونين تريليوني
        currency|1:دولار دولارا دولارات يورو دينار دينارا دنانير جنيه جنيها جنيهات ليرة ليرات ريال ريالا ريالات درهم درهما دراهم
        currency|1:روبل روبلات يوان روبية فرنك فرنكات شيكل شيقل شيكلا كرونة كرونات سنت سنتا سنتات بنس بنسا فلس فلسا دينارين دولارين سنتيم سنتيما مليم مليما قرش قرشا dollars dollar euros euro dinars dinar pounds pound dirhams livres roubles
        unit|1:كيلومتر كيلومترا كيلومترات كلم كم متر مترا أمتار ميل ميلا أميال سنتيمتر سنتمترا هكتار هكتارا هكتارات طن طنا أطنان
        unit|1:كيلوغرام كيلوغراما كيلوغرامات كغم كغ غرام غراما غرامات برميل برميلا لتر لترا ميغاوات درجة درجات km kilometres kilometers kilomètres kilomètre barrels barrel barils tonnes tons metres meters mètres miles hectares kg degrees
        percent|1:المئة المائة بالمئة بالمائة المية percent
        preposition|1:في منذ خلال حتى قبل بعد غاية بين in since until during en depuis
        from|1:من of de
        part|1:مطلع أوائل أواخر منتصف نهاية بداية مستهل
        half|2:نصف ونصف
        measure|1:مكعب مكعبا مكعبة مربع مربعا مربعة
        first|1:أول
        and|1:و and et
        """
}
