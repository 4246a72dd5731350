import Testing

@testable import Pipeline

struct ReferencePageTests {
    @Test("a stage's section, exactly")
    func stage() {
        let modes = "`drop`, `mark`"
        #expect(
            ReferencePage.markdown(stage: TestStage.self) == """
                ## test

                Does nothing.

                Nothing to know.

                | option | type | default | meaning |
                |---|---|---|---|
                | `minWords` | whole number, 0 to 1000 | `0` | Fewest words. |
                | `maxWords` | whole number, 1 or more |  | Most words. |
                | `files` | a list of strings | required | Files to read. |
                | `languages` | a list of strings |  | Languages. |
                | `mode` | \(modes) | `"drop"` | What is done. |
                | `strict` | true or false | `false` | Whether it matters. |
                | `where` | condition |  | Which articles. |

                ### Three words

                ```json
                { "stage": "test", "files": ["a|b"], "minWords": 3 }
                ```

                | article | becomes |
                |---|---|
                | `{"text":"a\\|b"}` | kept |
                | `{}` | dropped: `short` |
                | `[]` | quarantined: `bad` |

                """
        )
    }

    @Test("the page opens with a table of all stages and the options they share")
    func page() {
        let page = ReferencePage.markdown(stages: [TestStage.self])
        #expect(page.hasPrefix("# Stages\n"))
        #expect(page.contains("| [`test`](#test) | Does nothing. |"))
        #expect(page.contains("| `when` | condition |  |"))
        #expect(page.contains("| `onError` | `quarantine`, `drop`, `fail` | `\"quarantine\"` |"))
        #expect(page.hasSuffix(ReferencePage.markdown(stage: TestStage.self)))
    }
}
