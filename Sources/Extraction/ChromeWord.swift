import Markup

/// Words that chrome is made of, by kind, in the languages of the news: evidence for the scorer, never a verdict.
struct ChromeWord: Sendable {
    static let table = ChromeWord()
    static let kinds = 12

    private let kindOfWord: [UInt64: UInt16]

    private init() {
        var table: [UInt64: UInt16] = [:]
        for (kind, line) in Self.words.split(separator: "\n").enumerated() {
            for word in line.split(separator: " ").dropFirst() {
                Array(word.utf8).withUnsafeBufferPointer { bytes in
                    WordSet.forEachWord(bytes) { table[$0, default: 0] |= 1 << UInt16(kind) }
                }
            }
        }
        kindOfWord = table
    }

    /// The kinds of the words in a text, and how many of its words are of any kind.
    func kinds(of bytes: UnsafeBufferPointer<UInt8>) -> (kinds: UInt16, first: UInt16, count: Int) {
        var kinds: UInt16 = 0, first: UInt16 = 0
        var count = 0, words = 0
        WordSet.forEachWord(bytes) { word in
            if let kind = kindOfWord[word] {
                kinds |= kind
                if words < 2 { first |= kind }
                count += 1
            }
            words += 1
        }
        return (kinds, first, count)
    }

    // One kind a line: its name, then its words.
    static let words = """
        share share tweet facebook twitter whatsapp telegram linkedin pinterest instagram email print teilen partager compartir condividi paylaş شارك مشاركة فيسبوك تويتر واتساب تيليغرام طباعة انشر نشر поделиться drucken imprimer
        related read more also related see recommended watch lesen mehr auch lire aussi leer también leggi anche اقرأ إقرأ أيضا أيضاً المزيد شاهد طالع للمزيد مواضيع ذات صلة متعلقة مقترحة بیشتر بخوانید خبر مرتبط читайте также devamı oku ilgili zobacz więcej läs mer les også
        newsletter newsletter subscribe sign inbox signup updates daily anmelden abonnieren inscrivez suscríbete iscriviti اشترك النشرة البريدية بريدك abone подписаться subscription
        copyright copyright reserved rights ©  reproduction rechte vorbehalten droits réservés derechos الحقوق محفوظة حقوق النشر все права telif
        photo photo photos image images picture getty reuters afp ap foto bild imago dpa credit courtesy photograph photographer illustration video صورة الصورة تصوير crédit fuente quelle via shutterstock unsplash
        comment comment comments reply login log leave kommentar kommentare commentaires comentarios تعليق تعليقات التعليقات التعليق نظر комментарии yorum logged conversation moderated
        byline by von par por di بقلم كتب كتبت author reporter correspondent editor writer staff autor auteur редактор contributed contributor journalist
        advertisement advertisement advertising sponsored ad ads anzeige werbung publicité publicidad pubblicità إعلان reklam реклама affiliate commission
        cookie cookie cookies privacy terms policy consent javascript browser datenschutz سياسة الخصوصية enable agb impressum einverstanden personenbezogene drittplattformen externen externe inhalt inhalte privatsphäre einstellungen embed opt preferences vendors gdpr samtykke medgivande consentement contenu tiers
        follow follow us contact tips subscribe like join channel folgen suivez síguenos تابعنا تابعونا قناتنا اتصل app download google whatsapp
        date updated published posted ago minutes hours last modified am pm uhr uhr aktualisiert publié mis jour نشر تحديث آخر منذ ساعة دقيقة опубликовано güncelleme yayınlanma min
        tag tags topics filed categories category topic under schlagworte themen mots clés etiquetas الوسوم وسوم كلمات دلالية tagged source المصدر kaynak
        """
}
