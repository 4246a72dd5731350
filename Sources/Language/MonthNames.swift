/// Names of months in the languages news is read in, folded so that case, accents and spelling variants of Arabic
/// letters do not matter.
enum MonthNames {
    enum Entry {
        case month(Int)
        /// The first word of a name of two, like «تشرين» of «تشرين الأول».
        case firstWord
    }

    /// The entry of a folded word, or of two with one space between.
    static func entry(_ folded: String) -> Entry? { entries[folded] }

    private static let entries: [String: Entry] = {
        var entries: [String: Entry] = [:]
        for (index, line) in table.split(separator: "\n").enumerated() {
            for name in line.split(separator: " ") {
                let words = name.split(separator: "_")
                if words.count == 2 { entries[fold(words[0])] = .firstWord }
                entries[words.map(fold).joined(separator: " ")] = .month(index + 1)
            }
        }
        return entries
    }()

    /// One line a month: English, French, German, Spanish, Italian, Portuguese, Dutch, Turkish, Nordic, Polish,
    /// Indonesian, Russian, Ukrainian, Arabic (Egyptian, Levantine, Tunisian and Algerian, Moroccan, Libyan until
    /// 2011), Persian, Urdu.
    private static let table = """
        january jan janvier janv januar jänner jan enero ene gennaio gen janeiro januari ocak oca tammikuuta stycznia styczeń январь января янв січня يناير كانون_الثاني كانون_ثاني جانفي جانفيي أي_النار ژانویه جنوری
        february feb february février fevrier févr fév februar febrero febbraio fevereiro fev februari şubat şub helmikuuta lutego luty pebruari февраль февраля фев лютого فبراير فبرائر شباط فيفري فيڤري النوار فوریه فروری
        march mar mars märz mrz marzo março marco maart mart maaliskuuta marca marzec maret март марта мар березня مارس اذار آيار_مارس الربيع مارچ
        april apr avril avr abril abr aprile nisan nis huhtikuuta kwietnia kwiecień апрель апреля апр квітня أبريل إبريل نيسان أفريل افريل ابرل الطير آوریل اپریل
        may mai mayo maggio mag maio mei mayıs maj toukokuuta maja май мая травня مايو أيار ماي ايار الماء مه مئی
        june jun juin juni junio giugno giu junho haziran haz kesäkuuta czerwca czerwiec июнь июня июн червня يونيو يونيه حزيران جوان الصيف ژوئن جون
        july jul juillet juil juli julio luglio lug julho temmuz tem heinäkuuta lipca lipiec июль июля июл липня يوليو يوليه تموز جويلية جويليه يوليوز ناصر ژوئیه ژوییه جولائی
        august aug août aout agosto ago augustus ağustos ağu augusti elokuuta sierpnia sierpień agustus август августа авг серпня أغسطس اغسطس آب أوت غشت هانيبال اوت اگست
        september sep sept septembre septiembre settembre set setembro eylül eyl syyskuuta września wrzesień сентябрь сентября сен сент вересня سبتمبر أيلول شتنبر الفاتح سپتامبر ستمبر
        october oct octobre oktober okt octubre ottobre ott outubro out ekim eki oktober lokakuuta października październik октябрь октября окт жовтня أكتوبر اكتوبر تشرين_الأول تشرين_اول أكتوبر التمور اکتبر اکتوبر
        november nov novembre noviembre novembro kasım kas marraskuuta listopada listopad ноябрь ноября ноя нояб листопада نوفمبر تشرين_الثاني تشرين_ثاني تشرين_ثان نونبر نوفبر الحرث نوامبر نومبر
        december dec décembre déc dezember dez diciembre dic dicembre dezembro desember aralık ara joulukuuta grudnia grudzień desember des декабрь декабря дек грудня ديسمبر كانون_الأول كانون_اول دجنبر الكانون دسامبر دسمبر
        """

    // MARK: Folding of one word

    private static func fold(_ word: Substring) -> String {
        var folded: [UInt8] = []
        for scalar in word.unicodeScalars { fold(scalar.value, into: &folded) }
        return String(decoding: folded, as: UTF8.self)
    }

    static func isLetter(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x300...0x36F, 0x370...0x3FF,
            0x400...0x52F, 0x610...0x61A, 0x620...0x65F, 0x66E...0x6D3, 0x6D5...0x6DC, 0x6EE, 0x6EF, 0x6FA...0x6FF,
            0x750...0x77F, 0x1E00...0x1EFF, 0x200C, 0x200D, 0xFB50...0xFDFF, 0xFE70...0xFEFC:
            true
        default: false
        }
    }

    /// Appends the letter lower-cased, without its accent, and with one form for each group of Arabic letters that
    /// are written for one another; marks are dropped.
    static func fold(_ scalar: UInt32, into folded: inout [UInt8]) {
        switch scalar {
        case 0x41...0x5A: folded.append(UInt8(scalar) | 0x20)
        case 0..<0x80: folded.append(UInt8(scalar))
        case 0xC0...0x17F: folded.append(latinBase(scalar))
        case 0x300...0x36F, 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x200C, 0x200D: break
        case 0x410...0x42F: append(scalar + 0x20, to: &folded)
        case 0x400...0x40F: append(scalar + 0x50, to: &folded)
        case 0x622, 0x623, 0x625, 0x671: append(0x627, to: &folded)
        case 0x649, 0x6CC, 0x626: append(0x64A, to: &folded)
        case 0x629: append(0x647, to: &folded)
        case 0x6A9: append(0x643, to: &folded)
        default: append(scalar, to: &folded)
        }
    }

    /// The ASCII letter below the accent of U+00C0–U+017F; `?` for the few that have none.
    private static func latinBase(_ scalar: UInt32) -> UInt8 {
        let index = Int(scalar - 0xC0)
        let bases: StaticString =
            """
            aaaaaaaceeeeiiiidnooooo?ouuuuyts\
            aaaaaaaceeeeiiiidnooooo?ouuuuyty\
            aaaaaaccccccccddddeeeeeeeeeegggg\
            gggghhhhiiiiiiiiiiiijjkkklllllll\
            lllnnnnnnnnnoooooooorrrrrrssssss\
            ssttttttuuuuuuuuuuuuwwyyyzzzzzzs
            """
        return index < bases.utf8CodeUnitCount ? bases.utf8Start[index] : UInt8(ascii: "?")
    }

    private static func append(_ scalar: UInt32, to folded: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return }
        folded.append(contentsOf: encoded)
    }
}
