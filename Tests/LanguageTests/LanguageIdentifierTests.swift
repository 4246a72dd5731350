import Language
import Testing

struct LanguageIdentifierTests {
    @Test(arguments: [
        ("ar", "أعلنت الحكومة الليبية اليوم عن فتح الطريق الساحلي بين سرت ومصراتة بعد أشهر من الإغلاق"),
        ("ar", "اعلن المجلس انه سيعقد جلسه جديده لبحث الميزانيه"),
        ("fa", "دولت ایران امروز اعلام کرد که مذاکرات تازه در این هفته با حضور نمایندگان برگزار خواهد شد"),
        ("fa", "رييس جمهور در اين مراسم گفت كه كشور به كار بيشتر نياز دارد و بايد براي آينده تلاش كرد"),
        ("ur", "وزیر اعظم نے کہا ہے کہ حکومت عوام کے مسائل حل کرنے کے لیے تمام وسائل استعمال کر رہی ہے"),
        ("ps", "د افغانستان حکومت وايي چې د دې ولايت په لرې سيمو کې يې مرستې وېشلې دي"),
        ("ku", "سەرۆکی حکومەتی هەرێم لە کۆبوونەوەکەدا ڕایگەیاند کە کاری ئەم ساڵ بۆ خزمەتی هاووڵاتیانە"),
        ("en", "The government said on Monday that it would open the coastal road again after months of talks"),
        ("fr", "Le gouvernement a annoncé lundi que la route côtière serait rouverte après des mois de négociations"),
        ("it", "Il governo ha annunciato lunedì che la strada costiera sarà riaperta dopo mesi di trattative"),
        (
            "tr",
            "Hükümet pazartesi günü yaptığı açıklamada sahil yolunun aylar süren görüşmelerden sonra yeniden açılacağını ve bunun büyük bir adım olduğunu belirtti"
        ),
        (
            "es",
            "El gobierno anunció el lunes que la carretera de la costa se abrirá de nuevo después de meses de negociaciones"
        ),
        (
            "de",
            "Die Regierung teilte am Montag mit, dass die Küstenstraße nach monatelangen Gesprächen wieder geöffnet wird"
        ),
        ("ru", "Правительство сообщило в понедельник, что прибрежная дорога снова откроется после долгих переговоров"),
        ("uk", "Уряд повідомив у понеділок, що прибережна дорога знову відкриється після довгих переговорів"),
        (
            "pt",
            "O governo anunciou na segunda-feira que a estrada do litoral será reaberta depois de meses de conversações"
        ),
        ("nl", "De regering heeft maandag gezegd dat de weg langs de kust na maanden van overleg weer open gaat"),
        ("pl", "Rząd ogłosił w poniedziałek, że droga nadmorska zostanie ponownie otwarta po miesiącach rozmów"),
        ("sv", "Regeringen meddelade på måndagen att kustvägen ska öppnas igen efter flera månader av samtal"),
        ("ro", "Guvernul a anunțat luni că drumul de coastă va fi redeschis după mai multe luni de negocieri"),
        ("el", "Η κυβέρνηση ανακοίνωσε τη Δευτέρα ότι ο δρόμος θα ανοίξει ξανά"),
        ("he", "הממשלה הודיעה ביום שני כי כביש החוף ייפתח מחדש"),
        ("zh", "政府星期一宣布，经过数月的谈判，沿海公路将重新开放"),
        ("ja", "政府は月曜日、数か月にわたる協議を経て沿岸道路を再開すると発表した"),
        ("ko", "정부는 월요일 몇 달간의 협상 끝에 해안 도로를 다시 개통한다고 밝혔다"),
        ("hi", "सरकार ने सोमवार को कहा कि तटीय सड़क फिर से खोली जाएगी"),
    ])
    func tellsTheLanguage(code: String, text: String) {
        #expect(LanguageIdentifier.identify(text) == code)
    }

    @Test(arguments: [
        "", "   ", "12 34 2026", "ليبيا", "OK", "https://x.y/z?a=1", "🇱🇾🇱🇾🇱🇾", "Zxqv Wkrt Plmn Bvcx Hgfd Qwrt",
    ])
    func tooLittleHasNoLanguage(text: String) {
        #expect(LanguageIdentifier.identify(text) == nil)
    }

    @Test func theMainScriptDecides() {
        let arabic = "أعلنت الشركة أن النظام الجديد سيكون متاحا في السوق الليبية خلال الأسبوع القادم"
        #expect(LanguageIdentifier.identify("\(arabic) (The New System, by the Company)") == "ar")
    }

    @Test func aLongTextIsCutBetweenLetters() {
        for padding in 0..<4 {
            let text =
                String(repeating: "x", count: padding) + " "
                + String(repeating: "قال الوزير إن العمل بدأ في كل المدن ", count: 200)
            #expect(LanguageIdentifier.identify(text) == "ar")
        }
    }

    @Test func malformedBytesDoNoHarm() {
        for bytes in [[0xF4], [0xE2, 0x80], [0xD9], [0x80, 0x80, 0xFF]] as [[UInt8]] {
            #expect(bytes.withUnsafeBufferPointer { LanguageIdentifier.identify($0) } == nil)
        }
    }
}
