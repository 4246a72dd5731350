import Deduplication
import TestSupport
import Testing

struct DeduplicatorTests {
    private struct Sample {
        var text: String
        var title: String?
        var url: String?
    }

    private func decisions(_ samples: [Sample], _ options: DedupeOptions = DedupeOptions()) -> [Decision] {
        var deduplicator = Deduplicator(options: options)
        return samples.enumerated().compactMap { position, sample in
            let signature = Signature(text: sample.text, title: sample.title, url: sample.url, options: options)
            return try? deduplicator.decide(signature, position: position)
        }
    }

    private func decision(_ texts: [String], _ options: DedupeOptions = DedupeOptions()) -> Decision? {
        decisions(texts.map { Sample(text: $0) }, options).last
    }

    private static let lead = """
        أعلنت بلدية سبها صباح اليوم أن أعمال صيانة محطة المياه الرئيسية في حي المنشية ستبدأ يوم الأحد القادم، وأن \
        الضخ سيتوقف عن خمسة أحياء لمدة لا تزيد على ثلاثة أيام.
        """
    private static let body = """
        وقال مدير مكتب الخدمات إن الفرق الفنية جهزت صهاريج لتوزيع مياه الشرب مجانا على السكان طوال فترة التوقف، \
        ودعا المواطنين إلى ترشيد الاستهلاك وتخزين ما يكفي حاجتهم. وأضاف أن المحطة لم تخضع لصيانة شاملة منذ أعوام، وأن \
        كلفة العمل تغطيها ميزانية الطوارئ بعد موافقة المجلس البلدي عليها في جلسته الأخيرة.
        """
    private static let article = lead + "\n\n" + body
    private static let other = """
        فاز فريق المدينة بكأس البطولة بعد مباراة مثيرة امتدت إلى الأشواط الإضافية أمام جمهور كبير ملأ مدرجات الملعب، \
        وسجل قائد الفريق هدف الفوز برأسه في الدقيقة الأخيرة، ليرفع رصيده إلى عشرين هدفا في الموسم الذي شهد عودة النادي.
        """

    private func edited(_ text: String, every step: Int) -> String {
        text.split(separator: " ").enumerated().map { $0 % step == step - 1 ? "كلمة\($0 * 7)" : String($1) }
            .joined(separator: " ")
    }

    @Test func theSameWordsAreExact() {
        let shouted = Self.article.replacing("أ", with: "ا").replacing("، ", with: " — ") + " ."
        #expect(
            decision([Self.article, Self.other, shouted])
                == .duplicate(DuplicateMatch(position: 0, kind: .exact, similarity: 1000))
        )
    }

    @Test func differentTextsAreUnique() {
        #expect(decisions([Sample(text: Self.article), Sample(text: Self.other)]) == [.unique, .unique])
    }

    @Test func editedTextIsNear() throws {
        let copy = "سبها - وكالات\n" + edited(Self.article, every: 12) + "\nشارك الخبر"
        guard case .duplicate(let match) = try #require(decision([Self.other, Self.article, copy])) else {
            Issue.record("not a duplicate")
            return
        }
        #expect(match.position == 1)
        #expect(match.kind == .near)
        #expect((600...900).contains(match.similarity))
    }

    @Test func theLeadAloneIsTruncated() throws {
        let long = Self.article + " " + Self.other
        #expect(
            decision([long, Self.lead + "…"])
                == .duplicate(DuplicateMatch(position: 0, kind: .truncated, similarity: 1000))
        )
    }

    @Test func aLaterLongerVersionIsKeptAndLinked() {
        let long = Self.article + " " + Self.other
        #expect(decision([Self.lead, long]) == .linked(DuplicateMatch(position: 0, kind: .expanded, similarity: 1000)))
    }

    @Test func aPartOfARoundUpIsNoDuplicate() {
        let roundUp = Self.other + " " + edited(Self.other, every: 1) + " " + Self.article
        #expect(decision([roundUp, Self.lead]) == .unique)
        #expect(containments([roundUp, Self.lead]) == [Containment(other: 0, share: 1000, isInner: true)])
        #expect(containments([Self.lead, roundUp]) == [Containment(other: 0, share: 1000, isInner: false)])
        // Of a story and its repeat, one; of a repeat, none.
        let copy = edited(Self.lead, every: 14)
        #expect(containments([Self.lead, copy, roundUp]) == [Containment(other: 0, share: 1000, isInner: false)])
        #expect(containments([roundUp, Self.lead, copy]) == [])
    }

    /// What the last of the texts is contained in, and what it contains.
    private func containments(_ texts: [String]) -> [Containment] {
        let options = DedupeOptions()
        var deduplicator = Deduplicator(options: options)
        for (position, text) in texts.enumerated() {
            let signature = Signature(text: text, title: nil, url: nil, options: options)
            _ = try? deduplicator.decide(signature, position: position)
        }
        return deduplicator.containments
    }

    @Test func otherNumbersAreOtherNews() {
        func rates(_ shift: Int) -> String {
            (0..<30).map {
                "سعر صرف العملة رقم بند \("أبتثجحخدذرزسشصضطظعغفقكلمنهوي".dropFirst($0 % 28).prefix(1)) هو \($0 * 37 + shift) دينارا"
            }
            .joined(separator: "، ")
        }
        #expect(decision([rates(1_000), rates(1_005)]) == .unique)
        #expect(decision([rates(1_000), rates(1_000) + " نقلا عن وكالات"]) != .unique)
    }

    @Test func aFrameFilledTwiceIsTwoArticles() {
        var generator = ArticleGenerator(seed: 11)
        let frame = (0..<6).map { _ in generator.words(30).joined(separator: " ") }
        let reports = (0..<2).map { _ in
            frame.map { "\($0). \(generator.words(16).joined(separator: " "))." }.joined(separator: "\n")
        }
        func second(titled title: String) -> Decision {
            decisions([
                Sample(text: reports[0], title: "الأهلي يتعادل أمام الاتحاد"), Sample(text: reports[1], title: title),
            ])[1]
        }
        #expect(second(titled: "فوز كبير لفريق المدينة") == .unique)
        #expect(second(titled: "تعادل الأهلي أمام الاتحاد في طرابلس") != .unique)
    }

    @Test func belowTheThresholdEditsNeedTheTitle() {
        var generator = ArticleGenerator(seed: 12)
        let text = generator.words(150).joined(separator: " ")
        let copy = edited(text, every: 5)
        func second(titled title: String) -> Decision {
            decisions(
                [
                    Sample(text: text, title: "مجلس البلدية يقر الميزانية"), Sample(text: copy, title: title),
                ],
                DedupeOptions(threshold: 45)
            )[1]
        }
        guard case .duplicate(let match) = second(titled: "مجلس البلدية يقر ميزانيته") else {
            Issue.record("not a duplicate")
            return
        }
        #expect(match.similarity < 450)
        #expect(second(titled: "قرار جديد بشأن المدارس") == .unique)
    }

    @Test func dropsToTheRoot() {
        var generator = ArticleGenerator(seed: 3)
        var words = generator.words(120)
        var samples = [Sample(text: words.joined(separator: " "))]
        for _ in 0..<4 {
            words = generator.edited(words, percent: 8)
            samples.append(Sample(text: words.joined(separator: " ")))
        }
        for case .duplicate(let match) in decisions(samples).dropFirst() { #expect(match.position == 0) }
        #expect(decisions(samples).filter { $0 == .unique }.count == 1)
    }

    @Test func emptyTextsAreNeverDuplicates() {
        let empty = ["", " \n", "…", "\u{200B}"].map { Sample(text: $0, title: "عنوان") }
        #expect(decisions(empty).allSatisfy { $0 == .unique })
    }

    @Test func shortTextsNeedTheSameTitle() {
        let samples = [
            Sample(text: "التفاصيل لاحقا", title: "انقطاع الكهرباء"),
            Sample(text: "التفاصيل لاحقا", title: "افتتاح المطار"),
            Sample(text: "التفاصيل لاحقاً.", title: "انقطاع الكهرباء!"),
        ]
        #expect(
            decisions(samples)
                == [.unique, .unique, .duplicate(DuplicateMatch(position: 0, kind: .exact, similarity: 1000))]
        )
    }

    @Test func aChangedTextUnderAKnownURLIsAnUpdate() throws {
        let url = "https://example.ly/news/1"
        let found = decisions([
            Sample(text: Self.article, url: url),
            Sample(text: edited(Self.article, every: 9), url: url + "?utm_source=feed"),
            Sample(text: Self.article, url: url + "#top"),
            Sample(text: Self.other, url: url),
            Sample(text: "تتواصل التغطية", url: url),
        ])
        guard case .update(let match) = found[1] else {
            Issue.record("not an update")
            return
        }
        #expect(found[0] == .unique)
        #expect(match.position == 0 && match.kind == .samePage && (600...900).contains(match.similarity))
        #expect(found[2] == .duplicate(DuplicateMatch(position: 0, kind: .exact, similarity: 1000)))
        #expect(found[3] == .unique, "a page that shows another article")
        #expect(found[4] == .update(DuplicateMatch(position: 0, kind: .samePage, similarity: 0)))
    }

    @Test func anUpdateOfADroppedArticleReplacesNothing() {
        let copy = Sample(text: edited(Self.article, every: 14), url: "https://copy.ly/1")
        let update = Sample(text: edited(Self.article, every: 11), url: "https://copy.ly/1")
        let found = decisions([Sample(text: Self.article, url: "https://example.ly/1"), copy, update])
        for decision in found.dropFirst() {
            guard case .duplicate(let match) = decision else {
                Issue.record("not a duplicate")
                continue
            }
            #expect(match.position == 0 && match.kind == .near)
        }
    }

    @Test func withoutNearOnlyTheSameWordsAreFound() {
        let exact = DedupeOptions(near: false)
        #expect(decision([Self.article, edited(Self.article, every: 20)], exact) == .unique)
        #expect(decision([Self.article, Self.article + " !"], exact) != .unique)
    }

    @Test func theThresholdDecides() {
        let copy = edited(Self.article, every: 5)
        #expect(decision([Self.article, copy], DedupeOptions(threshold: 40)) != .unique)
        #expect(decision([Self.article, copy], DedupeOptions(threshold: 90)) == .unique)
    }
}
