import Testing

/// A page written for the tests, and what has to come out of it.
struct SamplePage: Sendable, CustomTestStringConvertible {
    var name: String
    var url: String
    var html: String
    var body: [String]
    var title: String
    var authors: [String]
    var published: String?
    var outlet: String?
    var language: String?

    var testDescription: String { name }

    static let all = [arabic, persian, english, french]

    static let arabic = SamplePage(
        name: "arabic",
        url: "https://example.ly/news/1",
        html: """
            <html lang="ar" dir="rtl"><head><title>افتتاح طريق جديد في مصراتة - صحيفة المثال</title>
            <meta property="og:site_name" content="صحيفة المثال">
            <meta property="article:published_time" content="2021-03-05T10:00:00+02:00"></head><body class="single has-sidebar">
            <nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li></ul></nav>
            <article><h1>افتتاح طريق جديد في مصراتة</h1><span class="author">بقلم: سالم الفيتوري</span>
            <div class="entry-content">
            <p>افتتحت بلدية مصراتة صباح اليوم طريقا جديدا يربط وسط المدينة بالميناء، وحضر الافتتاح عدد من أعضاء المجلس البلدي.</p>
            <p>وقال رئيس اللجنة المشرفة على المشروع إن العمل استغرق ثمانية أشهر، وإن الطريق سيخفف الازدحام عن الشوارع القديمة.</p>
            <div class="related-posts"><h3>اقرأ أيضا</h3><ul><li><a href="/2">خبر آخر عن الطرق</a></li></ul></div>
            <p>وأضاف أن مرحلة ثانية من المشروع ستبدأ في الخريف المقبل، بتمويل من ميزانية البلدية؛ وتشمل إنارة الطريق وتشجيره.</p>
            </div></article>
            <div id="comments"><h3>التعليقات</h3><p>خبر جيد، ننتظر المزيد من الطرق.</p></div>
            <footer>جميع الحقوق محفوظة</footer></body></html>
            """,
        body: [
            "افتتحت بلدية مصراتة صباح اليوم طريقا جديدا يربط وسط المدينة بالميناء، وحضر الافتتاح عدد من أعضاء المجلس البلدي.",
            "وقال رئيس اللجنة المشرفة على المشروع إن العمل استغرق ثمانية أشهر، وإن الطريق سيخفف الازدحام عن الشوارع القديمة.",
            "وأضاف أن مرحلة ثانية من المشروع ستبدأ في الخريف المقبل، بتمويل من ميزانية البلدية؛ وتشمل إنارة الطريق وتشجيره.",
        ],
        title: "افتتاح طريق جديد في مصراتة",
        authors: ["سالم الفيتوري"],
        published: "2021-03-05T08:00:00Z",
        outlet: "صحيفة المثال",
        language: "ar"
    )

    static let persian = SamplePage(
        name: "persian",
        url: "https://example.ir/1400/12",
        html: """
            <html lang="fa"><head><title>کتاب‌خانه تازه در یزد گشایش یافت</title></head><body>
            <div class="menu"><a href="/">خانه</a> <a href="/s">ورزش</a></div>
            <div class="news-body"><h1>کتاب‌خانه تازه در یزد گشایش یافت</h1>
            <p>کتاب‌خانه‌ای تازه روز دوشنبه در شهر یزد گشایش یافت؛ مسئولان می‌گویند این مرکز بیست هزار کتاب دارد.</p>
            <p>مدیر این مرکز گفت که همه می‌توانند رایگان عضو شوند، و ساعت‌های کار آن در تابستان بیش‌تر می‌شود.</p></div>
            <div class="footer"><a href="/about">درباره ما</a></div></body></html>
            """,
        body: [
            "کتاب‌خانه‌ای تازه روز دوشنبه در شهر یزد گشایش یافت؛ مسئولان می‌گویند این مرکز بیست هزار کتاب دارد.",
            "مدیر این مرکز گفت که همه می‌توانند رایگان عضو شوند، و ساعت‌های کار آن در تابستان بیش‌تر می‌شود.",
        ],
        title: "کتاب‌خانه تازه در یزد گشایش یافت",
        authors: [],
        published: nil,
        outlet: nil,
        language: "fa"
    )

    static let english = SamplePage(
        name: "english",
        url: "https://example.org/harbour?ref=home",
        html: """
            <html lang="en-GB"><head><title>Harbour takes containers again | Example Courier</title>
            <link rel="canonical" href="https://example.org/harbour">
            <meta name="description" content="The harbour takes containers again after ten years.">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
            {"@type":"Organization","@id":"#org","name":"Example Courier"},
            {"@type":"NewsArticle","headline":"Harbour takes containers again","datePublished":"2022-04-02T09:30:00+01:00",
            "dateModified":"2022-04-03T07:00:00Z","author":[{"@type":"Person","name":"Mary Webb"},{"@type":"Person","name":"Tom Hale"}],
            "publisher":{"@id":"#org"},"articleSection":"Business","keywords":["ports","trade"],
            "image":{"@type":"ImageObject","url":"https://example.org/harbour.jpg"},}]}</script></head><body>
            <header><div class="logo">Example Courier</div><ul class="nav"><li><a href="/">Home</a><li><a href="/b">Business</a></ul></header>
            <main><h1>Harbour takes containers again</h1><div class="byline">By Mary Webb and Tom Hale</div>
            <div class="share-bar"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
            <div class="article-body"><p>The first container ship in ten years moored at the eastern quay on Saturday, watched by several hundred people.</p>
            <figure><img src=x><figcaption>The quay on Saturday. Photo: Example Courier</figcaption></figure>
            <p>Port officials said two more ships were expected this month, and that the cranes had been tested in the winter.</p>
            <aside class="newsletter-signup"><p>Sign up to our daily newsletter and never miss a story.</p></aside>
            <h2>What comes next</h2>
            <p>The port plans to hire sixty people by the summer; half of them, it said, will come from the town itself.</p>
            <blockquote>“We have waited for this day,” said the harbour master.</blockquote></div></main>
            <section class="most-popular"><h2>Most read</h2><ol><li><a href="/1">Bridge closed for repairs until the end of May</a></ol></section>
            <footer>© 2022 Example Courier. All rights reserved.</footer></body></html>
            """,
        body: [
            "The first container ship in ten years moored at the eastern quay on Saturday, watched by several hundred people.",
            "Port officials said two more ships were expected this month, and that the cranes had been tested in the winter.",
            "What comes next",
            "The port plans to hire sixty people by the summer; half of them, it said, will come from the town itself.",
            "“We have waited for this day,” said the harbour master.",
        ],
        title: "Harbour takes containers again",
        authors: ["Mary Webb", "Tom Hale"],
        published: "2022-04-02T08:30:00Z",
        outlet: "Example Courier",
        language: "en-GB"
    )

    static let french = SamplePage(
        name: "french",
        url: "https://exemple.fr/culture/2019/11/21/le-musee-rouvre",
        html: """
            <html lang="fr"><head><title>Le musée rouvre ses portes après deux ans de travaux - L’Exemple</title>
            <meta property="og:site_name" content="L’Exemple"></head><body>
            <div id="fil-ariane" class="breadcrumb"><a href="/">Accueil</a> &gt; <a href="/culture">Culture</a></div>
            <h1>Le musée rouvre ses portes après deux ans de travaux</h1>
            <div class="texte">Fermé depuis deux ans, le musée de la ville accueille de nouveau le public, avec trois salles de plus.<br><br>
            Les visiteurs étaient nombreux dès l’ouverture&nbsp;: la file s’étendait jusqu’à la place du marché.<br><br>
            Le prix d’entrée reste le même, a précisé la mairie, et les habitants ne paient pas le dimanche.</div>
            <div class="lire-aussi related">Lire aussi : <a href="/2">Le théâtre change de directeur</a></div>
            <div class="pied footer"><a href="/mentions">Mentions légales</a></div></body></html>
            """,
        body: [
            "Fermé depuis deux ans, le musée de la ville accueille de nouveau le public, avec trois salles de plus.",
            "Les visiteurs étaient nombreux dès l’ouverture : la file s’étendait jusqu’à la place du marché.",
            "Le prix d’entrée reste le même, a précisé la mairie, et les habitants ne paient pas le dimanche.",
        ],
        title: "Le musée rouvre ses portes après deux ans de travaux",
        authors: [],
        published: "2019-11-21T00:00:00Z",
        outlet: "L’Exemple",
        language: "fr"
    )
}
