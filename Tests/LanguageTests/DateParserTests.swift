import Testing

@testable import Language

@Suite struct DateParserTests {
    @Test(arguments: [
        ("2020-07-08", "2020-07-08T00:00:00Z"),
        ("2020-07-08T14:30:00Z", "2020-07-08T14:30:00Z"),
        ("2020-07-08T14:30", "2020-07-08T14:30:00Z"),
        ("2020-07-08T14:30:00+03:00", "2020-07-08T11:30:00Z"),
        ("2020-07-08t14:30:00.123456-0530", "2020-07-08T20:00:00Z"),
        ("2020-07-08 14:30:00 +0200", "2020-07-08T12:30:00Z"),
        ("2020-07-08T14:30:00 +02:00", "2020-07-08T12:30:00Z"),
        ("2020-07-08T14:30:00+02", "2020-07-08T12:30:00Z"),
        ("2020-07-08T14:30:00,5Z", "2020-07-08T14:30:00Z"),
        ("2020-07-08T14:30:00+02:00[Africa/Tripoli]", "2020-07-08T12:30:00Z"),
        ("2020-07-08 14:30:00 UTC", "2020-07-08T14:30:00Z"),
        ("2020/7/8", "2020-07-08T00:00:00Z"),
        ("  2020-07-08\n", "2020-07-08T00:00:00Z"),
        ("20200708", "2020-07-08T00:00:00Z"),
        ("20200708T143005Z", "2020-07-08T14:30:05Z"),
        ("20200708143005", "2020-07-08T14:30:05Z"),
        ("202007081430", "2020-07-08T14:30:00Z"),
        ("1594218600", "2020-07-08T14:30:00Z"),
        ("1594218600123", "2020-07-08T14:30:00Z"),
        ("Wed, 08 Jul 2020 14:30:00 +0300", "2020-07-08T11:30:00Z"),
        ("Wed, 8 Jul 2020 14:30:00 GMT", "2020-07-08T14:30:00Z"),
        ("08 Jul 2020 14:30 EDT", "2020-07-08T18:30:00Z"),
        ("Wed Jul  8 14:30:00 2020", "2020-07-08T14:30:00Z"),
        ("Wed Jul 8 14:30:00 EDT 2020", "2020-07-08T18:30:00Z"),
        ("Wed Jul 08 2020 14:30:00 GMT+0200 (CEST)", "2020-07-08T12:30:00Z"),
        ("July 8, 2020", "2020-07-08T00:00:00Z"),
    ])
    func readsMachineForms(text: String, expected: String) throws {
        let date = try #require(DateParser.parseMachine(text))
        #expect(date.timestamp.rfc3339 == expected)
    }

    @Test(arguments: [
        "", " ", "yesterday", "2020", "2020-07", "2020-13-01", "2020-02-30", "1441-11-17", "2020-07-08T",
        "2020-07-08 today",
        "2020-07-08T25:00", "published 2020-07-08", "1989-12-31", "2101-01-01", "12345678901234567890", "99999999",
        "9999999999", "2020-07-08T14:30:00Z and more", "/2020/07/08/",
    ])
    func refusesWhatIsNoDateAsAWhole(text: String) {
        #expect(DateParser.parseMachine(text) == nil)
    }

    @Test(arguments: [
        ("الأربعاء 8 يوليو/تموز 2020", "8 يوليو/تموز 2020", "2020-07-08T00:00:00Z"),
        ("الأربعاء 8 تموز 2020 - 14:30", "8 تموز 2020 - 14:30", "2020-07-08T14:30:00Z"),
        ("نشر في: ٨ يوليو ٢٠٢٠", "٨ يوليو ٢٠٢٠", "2020-07-08T00:00:00Z"),
        ("8 تموز (يوليو) 2020م", "8 تموز (يوليو) 2020", "2020-07-08T00:00:00Z"),
        ("8 كانون الثاني/يناير 2020", "8 كانون الثاني/يناير 2020", "2020-01-08T00:00:00Z"),
        ("تشرين الأول 8، 2020", "تشرين الأول 8، 2020", "2020-10-08T00:00:00Z"),
        ("كُتب يوم 8 جويلية 2020", "8 جويلية 2020", "2020-07-08T00:00:00Z"),
        ("8 غشت 2020", "8 غشت 2020", "2020-08-08T00:00:00Z"),
        ("1 الفاتح 2009", "1 الفاتح 2009", "2009-09-01T00:00:00Z"),
        ("٢٠٢٠/٠٧/٠٨ الساعة ٠٢:٣٠ م", "٢٠٢٠/٠٧/٠٨ الساعة ٠٢:٣٠ م", "2020-07-08T14:30:00Z"),
        ("08-07-2020 | 02:30 مساءً", "08-07-2020 | 02:30 مساءً", "2020-07-08T14:30:00Z"),
        ("8 يوليو 2020، 12:05 ص", "8 يوليو 2020، 12:05 ص", "2020-07-08T00:05:00Z"),
        ("14:30 بتوقيت غرينتش - 8 يوليو 2020", "14:30 بتوقيت غرينتش - 8 يوليو 2020", "2020-07-08T14:30:00Z"),
        ("۸ ژوئیه ۲۰۲۰", "۸ ژوئیه ۲۰۲۰", "2020-07-08T00:00:00Z"),
        ("8 جولائی 2020", "8 جولائی 2020", "2020-07-08T00:00:00Z"),
        ("Wednesday, July 8, 2020", "July 8, 2020", "2020-07-08T00:00:00Z"),
        ("By Staff | July 8th, 2020 at 2:30 p.m. EDT", "July 8th, 2020 at 2:30 p.m. EDT", "2020-07-08T18:30:00Z"),
        ("8 July 2020 14:30 GMT+3", "8 July 2020 14:30 GMT+3", "2020-07-08T11:30:00Z"),
        ("08-Jul-2020", "08-Jul-2020", "2020-07-08T00:00:00Z"),
        ("Publié le 1er août 2020 à 14h30", "1er août 2020 à 14h30", "2020-08-01T14:30:00Z"),
        ("8 JUILLET 2020", "8 JUILLET 2020", "2020-07-08T00:00:00Z"),
        ("8. März 2020, 14.30 Uhr", "8. März 2020", "2020-03-08T00:00:00Z"),
        ("8. März 2020 um 14.30 Uhr", "8. März 2020 um 14.30", "2020-03-08T14:30:00Z"),
        ("8 de julio de 2020", "8 de julio de 2020", "2020-07-08T00:00:00Z"),
        ("8 luglio 2020 alle 14.30", "8 luglio 2020 alle 14.30", "2020-07-08T14:30:00Z"),
        ("8 Ağustos 2020 Cumartesi", "8 Ağustos 2020", "2020-08-08T00:00:00Z"),
        ("8 июля 2020, 14:30", "8 июля 2020, 14:30", "2020-07-08T14:30:00Z"),
        ("2020年7月8日 14:30", "2020年7月8日 14:30", "2020-07-08T14:30:00Z"),
        ("2020-07-08T14:30:00+02:00", "2020-07-08T14:30:00+02:00", "2020-07-08T12:30:00Z"),
        ("03/04/2020", "03/04/2020", "2020-04-03T00:00:00Z"),
        ("04/23/2020", "04/23/2020", "2020-04-23T00:00:00Z"),
        ("8.7.2020", "8.7.2020", "2020-07-08T00:00:00Z"),
        ("23:05, 8.7.2020", "23:05, 8.7.2020", "2020-07-08T23:05:00Z"),
        ("score 3-2, then 8 July 2020", "8 July 2020", "2020-07-08T00:00:00Z"),
    ])
    func findsVisibleDates(text: String, written: String, expected: String) throws {
        let date = try #require(DateParser.parse(text))
        #expect(date.timestamp.rfc3339 == expected)
        #expect(String(decoding: Array(text.utf8)[date.range], as: UTF8.self) == written)
        #expect(date.hasTime == !expected.hasSuffix("00:00:00Z"))
    }

    @Test(arguments: [
        "", "no digits", "17 ذو القعدة 1441 هـ", "1441/11/17", "17-11-1441", "۱۸ تیر ۱۳۹۹", "8 July", "July 2020",
        "في 2020",
        "8 July 1989", "31 June 2020", "29 February 2019", "45/45/2020", "192.168.1.2020", "10 May 20301",
        "8 قتيلا 2020",
        "version 1.2.3", "14:30", "8 nights 2020",
    ])
    func findsNoneWhereNoneIsCertain(text: String) {
        #expect(DateParser.parse(text) == nil)
    }

    @Test func passesOverTheHijriDateToTheGregorianOne() throws {
        let date = try #require(DateParser.parse("الأربعاء 17 ذو القعدة 1441هـ الموافق 8 يوليو 2020"))
        #expect(date.timestamp.rfc3339 == "2020-07-08T00:00:00Z")
    }

    @Test func takesTheFirstOfSeveral() throws {
        let date = try #require(DateParser.parse("Updated 9 July 2020, published 8 July 2020"))
        #expect(date.timestamp.rfc3339 == "2020-07-09T00:00:00Z")
    }

    /// Cuts through every form at every byte, so that a read behind the end would be caught.
    @Test func readsNothingBehindTheEnd() {
        for text in [
            "8 تشرين الأول/أكتوبر ٢٠٢٠ الساعة 02:30 م", "July 8th, 2020 at 2:30 p.m. GMT+03:00", "2020年7月8日", "8º",
        ] {
            let bytes = Array(text.utf8)
            for end in bytes.indices {
                for start in [0, end / 2] {
                    let part = Array(bytes[start..<end])
                    _ = part.withUnsafeBufferPointer { DateParser.parse(utf8: $0) }
                    _ = DateParser.parseMachine(String(decoding: part, as: UTF8.self))
                }
            }
        }
    }

    @Test(arguments: 1...12)
    func knowsEachMonthInEachArabicTradition(month: Int) throws {
        let names = [
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
            "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
            "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
        ]
        for tradition in names {
            let name = tradition.split(separator: " ")[month - 1].replacing("_", with: " ")
            let date = try #require(DateParser.parse("5 \(name) 2021"), "\(name)")
            #expect(date.timestamp.components.month == month, "\(name)")
        }
    }
}
