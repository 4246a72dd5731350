/// The files of a new pipeline: a definition, two articles that say the same, and a short list of names.
enum Scaffold {
    static func files(schema: [UInt8]) -> [(path: String, content: [UInt8])] {
        [
            ("pipeline.json", Array(definition.utf8)), ("pipeline.schema.json", schema),
            ("names.jsonl", Array(names.utf8)),
            ("articles/first.txt", Array(first.utf8)), ("articles/second.txt", Array(second.utf8)),
        ]
    }

    private static let definition = """
        {
          "$schema": "./pipeline.schema.json",
          "name": "first",
          "output": "output",
          "params": { "articles": "articles" },
          "stages": [
            { "stage": "ingest", "paths": ["${articles}/**/*.txt", "${articles}/**/*.html"] },
            { "stage": "clean" },
            { "stage": "filter", "minWords": 10 },
            { "stage": "dedupe" },
            { "stage": "tag", "gazetteers": ["names.jsonl"] },
            { "stage": "export", "file": "articles.jsonl" },
            { "stage": "export", "file": "articles.csv" },
            { "stage": "export", "file": "mentions.csv", "rows": "mentions" }
          ],
          "tests": [
            {
              "name": "labels and links go, the headline stays",
              "input": { "file": "articles/first.txt" },
              "expect": { "title": "افتتاح معرض الكتاب في طرابلس" },
              "where": { "text": { "contains": "ستين دار نشر" } }
            },
            {
              "name": "the second article repeats the first",
              "input": { "file": "articles/second.txt" },
              "after": [{ "file": "articles/first.txt" }],
              "drop": "duplicate"
            }
          ]
        }

        """

    private static let names = """
        {"id": "loc:tripoli", "type": "LOC", "name": "طرابلس", "names": {"en": "Tripoli"}}
        {"id": "loc:libya", "type": "LOC", "name": "ليبيا", "names": {"en": "Libya"}}

        """

    private static let first = """
        أخبار

        افتتاح معرض الكتاب في طرابلس

        افتتح مساء اليوم معرض الكتاب في طرابلس بمشاركة أكثر من ستين دار نشر من ليبيا وبلدان الجوار.

        وقال المنظمون إن المعرض يستمر عشرة أيام وإن الدخول إليه مجاني للجميع.

        مقالات ذات صلة

        زر الذهاب إلى الأعلى

        """

    private static let second = """
        افتتاح معرض الكتاب في طرابلس

        0

        افتُتِحَ مساءَ اليوم معرض الكتاب في طرابلس، بمشاركة أكثر من ستين دار نشر من ليبيا وبلدان الجوار.

        وقال المنظمون: إن المعرض يستمر عشرة أيام، وإن الدخول إليه مجاني للجميع.

        اترك تعليقاً

        """
}
