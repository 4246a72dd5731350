import Markup

/// Words that chrome is made of, by kind, in the languages of the news: evidence for the scorer, never a verdict.
struct ChromeWord: Sendable {
    static let table = ChromeWord()
    static let kinds = 13

    private static let mask = 2047
    // Open addressing: a dictionary's hashing costs more than everything else done with a word.
    private var words = [UInt64](repeating: 0, count: mask + 1)
    private var kinds = [UInt16](repeating: 0, count: mask + 1)

    private init() {
        for (kind, line) in Self.list.split(separator: "\n").enumerated() {
            for word in line.split(separator: " ").dropFirst() {
                Array(word.utf8).withUnsafeBufferPointer { bytes in
                    WordSet.forEachWord(bytes) { word in
                        let slot = slot(of: word)
                        words[slot] = word
                        kinds[slot] |= 1 << UInt16(kind)
                    }
                }
            }
        }
    }

    private func slot(of word: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: word >> 20) & Self.mask
        while words[slot] != 0, words[slot] != word { slot = (slot + 1) & Self.mask }
        return slot
    }

    /// The kinds of a word by its hash; 0 for most words.
    @inline(__always)
    func kinds(of word: UInt64) -> UInt16 { kinds[slot(of: word)] }

    // One kind a line: its name, then its words.
    static let list = """
        share share tweet facebook twitter whatsapp telegram linkedin pinterest instagram email print teilen partager compartir condividi paylaş شارك مشاركة فيسبوك تويتر واتساب تيليغرام طباعة انشر نشر поделиться drucken imprimer
        related read more also related see recommended watch lesen mehr auch lire aussi leer también leggi anche اقرأ إقرأ أيضا أيضاً المزيد شاهد طالع للمزيد مواضيع ذات صلة متعلقة مقترحة بیشتر بخوانید خبر مرتبط читайте также devamı oku ilgili zobacz więcej läs mer les også læs lue myös lisää lees ook verder czytaj čtěte přečtěte citește veja leia tambem también baca juga 関連記事 관련기사 διαβάστε επίσης още също читати також
        newsletter newsletter subscribe sign inbox signup updates daily anmelden abonnieren inscrivez suscríbete iscriviti اشترك النشرة البريدية بريدك abone подписаться subscription
        copyright copyright reserved rights ©  reproduction rechte vorbehalten droits réservés derechos الحقوق محفوظة حقوق النشر все права telif
        photo photo photos image images picture getty reuters afp ap foto bild imago dpa credit courtesy photograph photographer illustration video صورة الصورة تصوير crédit fuente quelle via shutterstock unsplash
        comment comment comments reply login log leave kommentar kommentare commentaires comentarios تعليق تعليقات التعليقات التعليق نظر комментарии yorum logged conversation moderated
        byline by von par por di بقلم كتب كتبت author reporter correspondent editor writer staff autor auteur редактор contributed contributor journalist
        advertisement advertisement advertising sponsored ad ads anzeige werbung publicité publicidad pubblicità إعلان annonse annonsørinnhold annons annonce advertentie mainos reklam реклама affiliate commission
        cookie cookie cookies privacy terms policy consent javascript browser datenschutz سياسة الخصوصية enable agb impressum einverstanden personenbezogene drittplattformen externen externe inhalt inhalte privatsphäre einstellungen embed opt preferences vendors gdpr samtykke medgivande consentement contenu tiers
        follow follow us contact tips subscribe like join channel folgen suivez síguenos تابعنا تابعونا قناتنا اتصل app download google whatsapp
        date updated published posted ago minutes hours last modified am pm uhr uhr aktualisiert publié mis jour نشر تحديث آخر منذ ساعة دقيقة опубликовано güncelleme yayınlanma min
        tag tags topics filed categories category topic under schlagworte themen mots clés etiquetas الوسوم وسوم كلمات دلالية tagged source المصدر kaynak
        box fakta faktaboks faktarute fact facts factbox infobox info box summary sammendrag sammendraget kort fortalt kurz zusammenfassung überblick hintergrund takeaways points glance encadré recuadro expand collapse show less hide vis mindre mehr weniger aufklappen zuklappen anzeigen transcript read
        """
}
