import Testing

@testable import Extraction

@Suite struct ScrapedTextCleanerTests {
    private let cleaner = ScrapedTextCleaner()

    // Sentences written for these tests, long enough to be paragraphs.
    private static let first =
        "أعلنت بلدية زوارة اليوم افتتاح الطريق الساحلي أمام المسافرين بعد أعمال صيانة استمرت ثلاثة أشهر، ودعت السائقين إلى الالتزام بالسرعة المحددة."
    private static let second =
        "وقال رئيس المجلس البلدي إن الأعمال شملت إنارة الطريق وتركيب حواجز جديدة عند المنعطفات، وإن الكلفة بقيت ضمن الموازنة المعتمدة."
    private static let third = "ومن المقرر أن تبدأ المرحلة الثانية من المشروع في الخريف المقبل، بحسب بيان البلدية."
    private static let headline = "بلدية زوارة تفتتح الطريق الساحلي بعد ثلاثة أشهر من الصيانة"

    private func clean(_ lines: [String], title: String? = nil) -> CleanedText {
        cleaner.clean(lines.joined(separator: "\n\n"), title: title)
    }

    private func reasons(_ lines: [String], title: String? = nil) -> [String] {
        clean(lines, title: title).removed.map { "\($0.reason): \($0.text)" }
    }

    @Test func takesTheFrameOffAnArabicArticle() {
        let cleaned = clean([
            "محليات", Self.headline, "0", "طرابلس- بوابة الخبر", Self.headline, Self.first, "تابع أيضا/",
            "وزير المواصلات يتفقد ميناء الخمس البحري", "حملة تشجير واسعة في جبل نفوسة", Self.second,
            "مرحلة ثانية قبل الشتاء", Self.third, "المصدر", "مقالات ذات صلة", "اترك تعليقاً",
            "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "زر الذهاب إلى الأعلى",
        ])
        #expect(cleaned.title == Self.headline)
        #expect(
            cleaned.text == [Self.first, Self.second, "مرحلة ثانية قبل الشتاء", Self.third].joined(separator: "\n")
        )
        #expect(
            cleaned.removed.map(\.reason) == [
                "section_label", "counter", "byline", "repeated_headline", "related_label", "related_link",
                "related_link", "source_label", "related_label", "comment_form", "comment_form", "navigation",
            ]
        )
        #expect(cleaned.section == "محليات")
        #expect(cleaned.dateline == "طرابلس")
        #expect(cleaned.outlet == "بوابة الخبر")
    }

    @Test func takesTheFrameOffAnEnglishArticle() {
        let cleaned = clean([
            "Business", "Harbour of Zuwara reopens to fishing boats", "By Jane Roe and John Doe",
            "8 July 2020 14:30 GMT",
            "Share on Facebook",
            "The harbour of Zuwara reopened on Wednesday after a winter of dredging, and some forty boats left it before noon.",
            "Read also: Ferry line to Malta planned for next spring",
            "Fishermen said the new channel was deep enough for larger boats, which had used other ports for two years.",
            "Related articles", "Sardine season begins late", "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
        ])
        #expect(cleaned.title == "Harbour of Zuwara reopens to fishing boats")
        #expect(cleaned.authors == ["Jane Roe", "John Doe"])
        #expect(cleaned.published?.timestamp.rfc3339 == "2020-07-08T14:30:00Z")
        #expect(cleaned.publishedAsWritten == "8 July 2020 14:30 GMT")
        #expect(cleaned.text.split(separator: "\n").count == 2)
        #expect(
            cleaned.removed.map(\.reason) == [
                "section_label", "byline", "date_line", "share", "related_link", "related_label", "related_link",
                "comment_form", "comment_form",
            ]
        )
    }

    @Test func takesTheFrameOffAFrenchArticle() {
        let cleaned = clean([
            "Le port de Zouara rouvre aux bateaux de pêche", "Par Jeanne Martin", "Publié le 8 juillet 2020 à 14h30",
            "Le port de Zouara a rouvert mercredi après un hiver de travaux, et une quarantaine de bateaux en sont sortis avant midi.",
            "À lire aussi : Une ligne vers Malte annoncée pour le printemps",
            "Les pêcheurs disent que le nouveau chenal est assez profond pour des bateaux plus grands qu'avant les travaux.",
            "Sur le même sujet", "La saison de la sardine commence tard", "Tous droits réservés",
        ])
        #expect(cleaned.authors == ["Jeanne Martin"])
        #expect(cleaned.published?.timestamp.rfc3339 == "2020-07-08T14:30:00Z")
        #expect(cleaned.text.split(separator: "\n").count == 2)
        #expect(cleaned.removed.count == 6)
    }

    // MARK: Rule by rule, taken and left

    @Test(arguments: ["كتب: (وكالات)", "كتبت: سلمى الورفلي", "بنغازي – متابعات", "بقلم: علي سالم"])
    func takesABylineAboveTheBody(line: String) {
        #expect(reasons([Self.headline, line, Self.first, Self.second]) == ["byline: \(line)"])
    }

    @Test(arguments: [
        "عودة الحركة إلى طبيعتها", "انتظار طويل", "الطريق الساحلي: ما الذي تغير؟", "2020", "أخبار سارة للسائقين",
    ])
    func leavesASubheadingInTheBody(line: String) {
        let cleaned = clean([Self.headline, Self.first, line, Self.second, Self.third])
        #expect(cleaned.text.contains(line))
        #expect(cleaned.removed.isEmpty)
    }

    @Test(arguments: ["أخبار", "فيديو", "المصدر", "تعليق", "الرئيسية", "السابق", "News", "Sport", "Home", "Wetter"])
    func leavesAnUncertainPhraseBetweenParagraphs(line: String) {
        #expect(reasons([Self.headline, Self.first, line, Self.second, Self.third]).isEmpty)
    }

    @Test(arguments: [
        "زر الذهاب إلى الأعلى", "مقالات ذات صلة:", "شارك هذا الخبر على فيسبوك", "جميع الحقوق محفوظة لموقع الخبر ٢٠٢٠",
        "Skip to content", "© 2020 The Example", "Das könnte Sie auch interessieren", "Lire aussi",
        "بیشتر بخوانید", "İlginizi çekebilir", "Читайте также", "یہ بھی پڑھیں", "Te puede interesar", "Leggi anche",
    ])
    func takesACertainPhraseWhereverItStands(line: String) {
        let removed = clean([Self.headline, Self.first, Self.second, line, Self.third]).removed
        #expect(removed.map(\.text) == [line])
    }

    @Test(arguments: [
        "قال الوزير: اقرأ أيضا ما بين السطور قبل أن تحكم على الاتفاق الذي وقعناه أمس في المدينة، فالتفاصيل كثيرة.",
        "وتداول ناشطون مقالات ذات صلة بالملف، وطالبوا بفتح تحقيق مستقل في الحادثة التي شهدتها المدينة الأسبوع الماضي.",
        "She said that readers should leave a comment only after they have read the whole report, not before it.",
    ])
    func leavesAPhraseInsideASentence(line: String) {
        #expect(reasons([Self.headline, Self.first, line, Self.third]).isEmpty)
    }

    @Test(arguments: [
        "By the numbers: the road in figures", "Von der Leyen besucht die Baustelle", "كتب جديدة للأطفال",
    ])
    func leavesALineThatOnlyBeginsLikeAByline(line: String) {
        #expect(reasons([Self.headline, line, Self.first, Self.second]).isEmpty)
    }

    @Test func takesTheHeadlinesUnderALabelOnly() {
        let text = ["اقرأ أيضا", "لجنة الطرق تزور غريان", "افتتاح جسر جديد في سرت"]
        #expect(reasons([Self.headline, Self.first] + text + [Self.second]).count == 3)
        #expect(reasons([Self.headline, Self.first] + text.dropFirst() + [Self.second]).isEmpty)
    }

    @Test func takesACounterBesideTheTitleAndLeavesANumberInTheBody() {
        #expect(reasons([Self.headline, "12", Self.first, Self.second]) == ["counter: 12"])
        #expect(reasons([Self.headline, Self.first, "12", Self.second]).isEmpty)
        #expect(reasons([Self.headline, Self.first, Self.second, "0213600000"]).isEmpty)
    }

    @Test func takesASectionAboveTheTitleAndLeavesTheSameLineBelowIt() {
        #expect(reasons(["شؤون البلديات", Self.headline, Self.first, Self.second]) == ["section_label: شؤون البلديات"])
        #expect(reasons([Self.headline, "شؤون البلديات", Self.first, Self.second]).isEmpty)
    }

    @Test func takesAPhraseThatEndsTheTextAndLeavesAListThere() {
        #expect(reasons([Self.headline, Self.first, Self.second, "المصدر : وكالة الأنباء الليبية"]).count == 1)
        let list = ["1- زوارة", "2- صبراتة", "3- الزاوية", "4- جنزور"]
        #expect(reasons([Self.headline, Self.first, Self.second] + list).isEmpty)
    }

    @Test func cutsTheReadersOffBehindACommentForm() {
        let comment =
            "تعليق طويل من قارئ يشكر البلدية على جهودها في صيانة الطريق ويطلب منها أن تهتم كذلك بالطرق الفرعية، فهي في حال سيئة."
        let cleaned = clean([Self.headline, Self.first, Self.second, Self.third, "اترك رداً", comment])
        #expect(!cleaned.text.contains(comment))
        #expect(cleaned.removed.map(\.reason) == ["comment_form", "after_body"])
    }

    @Test func keepsTheTitleThatIsGiven() {
        let cleaned = clean([Self.headline, Self.first, Self.second], title: Self.headline)
        #expect(cleaned.title == Self.headline)
        #expect(cleaned.text == Self.first + "\n" + Self.second)
        let other = clean(["سطر قصير قبل المتن", Self.first, Self.second], title: "عنوان آخر للخبر نفسه")
        #expect(other.title == "عنوان آخر للخبر نفسه")
        #expect(other.text.hasPrefix("سطر قصير قبل المتن\n"))
    }

    @Test func takesTheLineForTheGivenTitleThatHasTheOutletBehindIt() {
        let cleaned = clean(["0", Self.headline, Self.first, Self.second], title: Self.headline + " - بوابة الخبر")
        #expect(cleaned.title == Self.headline)
        #expect(cleaned.removed.map(\.reason) == ["counter"])
    }

    @Test(arguments: [
        "Home > Region > Harbours", "الاقتصاد < موانئ", "By Our Staff | Zuwara", "The Courier with agencies",
        "3 min read",
    ])
    func takesNeitherATrailNorABylineForTheTitle(line: String) {
        let cleaned = clean(["Region", line, "Harbour of Zuwara reopens to fishing boats"] + Self.body)
        #expect(cleaned.title == "Harbour of Zuwara reopens to fishing boats")
        #expect(cleaned.removed.map(\.text) == ["Region", line])
    }

    @Test func takesAShareBarBetweenParagraphsAndLeavesOneName() {
        #expect(reasons([Self.headline, Self.first, "شارك", "فيسبوك", "تويتر", Self.second]).count == 3)
        #expect(reasons([Self.headline, Self.first, "فيسبوك", Self.second]).isEmpty)
        let contacts = ["فيسبوك: facebook.com/baladiya", "تويتر: twitter.com/baladiya", "يوتيوب: youtube.com/baladiya"]
        #expect(reasons([Self.headline, Self.first] + contacts + [Self.second]).isEmpty)
    }

    @Test func takesTheCountsAndCreditsThatEndAText() {
        let foot = ["Copyright 2023 The Example. All rights reserved.", "Source: The Example", "12 Comments"]
        #expect(reasons(["Harbour of Zuwara reopens to fishing boats"] + Self.body + foot).count == 3)
        let close = ["12 boats", "Source of the river: unknown"]
        #expect(reasons(["Harbour of Zuwara reopens to fishing boats"] + Self.body + close).isEmpty)
    }

    // MARK: Whole pages

    private static let menu = [
        "Skip to content", "Home", "News", "Region", "Harbours", "Weather", "Sport", "Culture", "Opinion", "Sign in",
        "Subscribe",
        "Search", "Winter storms close the coast road",
    ]
    private static let foot = [
        "Related articles", "Sardine season begins late", "Ferry line to Malta planned for next spring", "Most read",
        "Tide tables",
        "Harbours", "Weather", "Sport", "About us", "Contact", "Privacy policy", "Terms of use", "Jobs", "Archive",
        "Facebook",
        "Instagram", "Newsletter", "© 2020 The Example",
        "We use cookies to show you this page. You can change that at any time.",
    ]
    private static let body = [
        "The harbour of Zuwara reopened on Wednesday after a winter of dredging, and some forty boats left it before noon.",
        "Fishermen said the new channel was deep enough for larger boats, which had used other ports for two years.",
    ]

    @Test func takesTheMenusOffAWholePage() {
        let page =
            Self.menu + ["Harbour of Zuwara reopens to fishing boats", "By Jane Roe", "8 July 2020"] + Self.body
            + Self.foot
        let cleaned = clean(page)
        #expect(cleaned.title == "Harbour of Zuwara reopens to fishing boats")
        #expect(cleaned.text == Self.body.joined(separator: "\n"))
        #expect(cleaned.authors == ["Jane Roe"])
        #expect(cleaned.published?.timestamp.rfc3339 == "2020-07-08T00:00:00Z")
    }

    @Test func keepsTheLeadAndAListInsideAWholePage() {
        let lead = "Zuwara's fishermen are back at sea."
        let list = [
            "Depth of the channel: 6 metres", "Boats at the quay: 40", "Working days lost: 90",
            "Cost: 2 million dinars",
        ]
        let end =
            "The second stage of the works is to begin in autumn, when the fish market will get a new roof and a cold store."
        let page =
            Self.menu + ["Harbour of Zuwara reopens to fishing boats", lead] + Self.body + list + [end] + Self.foot
        #expect(clean(page).text == ([lead] + Self.body + list + [end]).joined(separator: "\n"))
    }

    @Test func leavesAListThatEndsAnArticle() {
        let names = (1...60).map { "Boat number \($0)" }
        #expect(reasons(["Harbour of Zuwara reopens to fishing boats"] + Self.body + names).isEmpty)
    }

    @Test(arguments: ["", " ", "\n\n\r\n\u{2028}\u{FEFF}\u{200F}\n", "كلمة", "0", "اترك رد", "\u{0}", "ا\u{0}ب"])
    func standsTextsWithoutABody(text: String) {
        let cleaned = cleaner.clean(text)
        #expect(cleaned.text.utf8.count + cleaned.removed.count + (cleaned.title ?? "").utf8.count >= 0)
        #expect(!cleaned.text.contains("\n\n"))
    }

    @Test func splitsAtEveryLineEndAndKeepsWhatIsInside() {
        let cleaned = cleaner.clean(
            "\u{FEFF}\(Self.first)\r\n\r\n\u{00A0}\(Self.second)\u{2028}\t\(Self.third) \u{200F}\r"
        )
        #expect(cleaned.text == [Self.first, Self.second, Self.third].joined(separator: "\n"))
        let persian =
            "می‌خواهند این راه را پیش از زمستان باز کنند و گفته‌اند که کار تا پایان ماه به انجام می‌رسد و بودجه آن نیز تأمین شده است."
        #expect(cleaner.clean(persian).text == persian)
    }

    // MARK: Properties

    @Test func everyLineIsSomewhereExactlyOnceInOrder() {
        var random = SplitMix(state: 20)
        let pool = [
            Self.headline, Self.first, Self.second, Self.third, "0", "أخبار", "المصدر", "مقالات ذات صلة", "اترك رد",
            "اقرأ أيضا: خبر آخر",
            "8 يوليو 2020", "Facebook", "© 2020", "سطر قصير", "تابعنا", "Menu", "By Jane Roe", "•", "شارك", "Home",
            "Search",
        ]
        for _ in 0..<300 {
            let lines = (0..<random.next(60)).map { _ in pool[random.next(pool.count)] }
            let cleaned = clean(lines)
            let all =
                cleaned.text.split(separator: "\n").map(String.init) + cleaned.removed.map(\.text)
                + [cleaned.title].compactMap { $0 }
            #expect(all.sorted() == lines.sorted())
            #expect(isSubsequence(cleaned.text.split(separator: "\n").map(String.init), of: lines))
            #expect(isSubsequence(cleaned.removed.map(\.text), of: lines))
        }
    }

    private func isSubsequence(_ part: [String], of whole: [String]) -> Bool {
        var rest = whole[...]
        for line in part {
            guard let index = rest.firstIndex(of: line) else { return false }
            rest = rest[(index + 1)...]
        }
        return true
    }

    private struct SplitMix {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ z >> 31) % UInt64(bound))
        }
    }

    @Test(arguments: [": ", "/x", "|", "> a b c", ":؛", "ا:"])
    func aTextMayBeginWithASign(text: String) {
        let cleaned = ScrapedTextCleaner().clean(text)
        #expect(!(cleaned.text + (cleaned.title ?? "")).isEmpty || !cleaned.removed.isEmpty)
    }
}
