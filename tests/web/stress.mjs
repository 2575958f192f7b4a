// Writes sites that no editor would, and that a theme must stand all the same: headlines with every special
// character or without a space, articles with nothing or with everything, a site with one article and one with none.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const UNBROKEN = LONG_WORD.repeat(3).slice(0, 200);
const LONG_TITLE =
    "The committee that was to report on the reports of the other committees reports that its report, which was due " +
    "before the summer and then again before the winter, will be the subject of a later report";

const SPECIAL_TITLES = {
    markup: `<b>Bold</b> & "quoted" 'single' &amp; <!-- a comment --> <img src=x onerror=alert(1)>`,
    script: `</script><script>alert("out")</script> in a headline`,
    cdata: `<![CDATA[ opened and closed ]]> and ]]> again`,
    emoji: "Flags 🇧🇧 and families 👩‍👩‍👧‍👦 on the 🏏 pitch",
    combining: "Z̴̡̛̬͚͂a̶͖̎l̸͈̔g̷̱̾o and Việt Nam, in e\u0301 and é alike",
    directions: "Left \u200fright\u200e left: عنوان بالعربية inside \u2067isolated\u2069 text",
    backslashes: String.raw`C:\new\table \" \\ \u0041 \n`,
    braces: "{{ article.title }} {% if true %} {# a comment #} ${x}",
    typography: "“Curly”, ‘single’, «guillemets», „low“ — dashes – and… ellipses",
    percent: "100% of 50 % / a?b#c=d&e+f",
};

const EVERYTHING = `
A paragraph with *emphasis*, **weight**, \`code\`, ~~a slip~~, a [link](https://example.com/) and a footnote.[^1]

## A heading with \`code\` and *emphasis*

An address that does not break: <https://example.com/${"a-very-long-path/".repeat(10)}>, and a word that does not:
${LONG_WORD}.

- one
- two
  - two and a half
    - and less

1. first
2. second

- [ ] to do
- [x] done

### A deeper heading

> A quotation, with ${LONG_WORD} in it.
>
> > And one inside it.

> [!NOTE]
> Worth a note.

> [!WARNING]
> Worth a warning.

| Column | Another column | And one more | Numbers | Something else |
|:---|:---:|---:|---:|---|
| a | b | c | 1 000 000 000 | ${LONG_WORD} |
| d | e | f | 2 | short |

\`\`\`
${"a line of code that is much longer than any screen is wide ".repeat(4)}
\`\`\`

![A wide drawing](wide.svg)

#### The deepest heading {#deepest}

H<sub>2</sub>O and E = mc<sup>2</sup>, pressed with <kbd>Ctrl</kbd>, <mark>marked</mark>, and <abbr title="abbreviated">abbr.</abbr>

---

The end.

[^1]: The footnote, with ${LONG_WORD}.
`;

const WIDE_DRAWING =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3000 300" width="3000" height="300">' +
    '<rect width="3000" height="300" fill="#468"/></svg>\n';

/** Short lists cut every list into pages, so that pagers are seen with few articles. */
const STRESS_SETTINGS = { paginate: { per_page: 4, home: 6 } };

export async function writeStressSite(folder) {
    const articles = {};
    let day = 1;
    const add = (name, front, text = "One sentence.\n") => {
        articles[`${name}.md`] = frontMatter({ date: date(day++), ...front }) + text;
    };

    for (const [name, title] of Object.entries(SPECIAL_TITLES)) {
        const source = { name: title, url: "https://example.com/story" };
        add(name, { title, summary: "A summary.", section: "World", place: "Geneva", tags: ["Common"], source, original_title: title });
    }
    add("long-title", { title: LONG_TITLE.padEnd(200, "."), section: "World", tags: ["Common"] });
    add("unbroken-title", { title: UNBROKEN, original_title: UNBROKEN });
    add("unbroken-names", {
        title: "Names that do not break",
        section: `${LONG_WORD}section`,
        place: LONG_WORD,
        thread: `${LONG_WORD}thread`,
        tags: ["Common", `${LONG_WORD}tag`, ...Array.from({ length: 10 }, (_, n) => `Tag number ${n + 1}`)],
        by: [`${LONG_WORD}editor`, "Another editor"],
        source: { name: `${LONG_WORD}source`, url: `https://example.com/${LONG_WORD}`, author: LONG_WORD, agencies: [LONG_WORD] },
    });
    // Nothing but what is required. The file has no section, no place, no tags, no source and no summary.
    add("bare", { title: "Only a title and a date" });
    add("no-text", { title: "Everything but a text", summary: "A summary.", tags: ["Common"], section: "World", place: "Geneva" }, "");
    add("nothing", { title: "Not even a text" }, "");
    add("opinion", { title: "A view", kind: "opinion", date: "2021-03-28" });
    add("everything/index", {
        title: "An article with everything",
        updated: "2021-03-30T12:30:00Z",
        summary: "A summary with *emphasis*, `code` and a [link](https://example.com/).",
        tags: ["Common", "Rare"],
        section: "Science",
        place: "Vandenberg Space Force Base, California",
        kind: "analysis",
        by: ["A. Editor", "B. Deputy"],
        original_title: "What it was called there",
        image: { src: "wide.svg", alt: "A wide drawing", caption: "What it shows.", credit: "Drawing: the desk" },
        related: ["bare", "no-text"],
        thread: "A running story",
        priority: 1,
        via: { name: "An aggregator", url: "https://example.com/via" },
        corrections: [{ date: "2021-03-30", text: "It said *less* before." }, { date: "2021-03-29", text: "It said more." }],
        source: [
            { name: "Paid", url: "https://example.com/a", author: "Someone", date: "2021-03-26", lang: "de", access: "paid" },
            { name: "Registered", url: "https://example.com/b", access: "registration", agencies: ["First", "Last"] },
            { name: "Without an address" },
        ],
    }, EVERYTHING);
    articles["everything/wide.svg"] = WIDE_DRAWING;
    add("arabic", {
        title: "بربادوس تصبح جمهورية في الذكرى الخامسة والخمسين لاستقلالها",
        lang: "ar", section: "World", place: "بريدجتاون", tags: ["Common"], summary: "ملخص قصير للخبر.",
        source: { name: "South China Morning Post", url: "https://example.com/c", lang: "en" },
        corrections: [{ date: "2021-03-30", text: "تصحيح قصير." }],
    }, "فقرة أولى مع <https://example.com/> وكلمة English في وسطها.\n\n## عنوان\n\nفقرة ثانية.\n\n## عنوان آخر\n\nالنهاية.\n");

    await writeSite(folder, {
        ...STRESS_SETTINGS,
        title: "A site & its \"stress\" <test>",
        description: `What it is called: ${LONG_WORD}.`,
        menu: [{ label: "Archive", to: "/archive/" }, { label: "Tags", to: "/tags/" }, { label: LONG_WORD, to: "/about/" }],
        policies: { corrections: "/about/", ethics: "/about/" },
    }, articles);
}

/** A digest on its first day. */
export async function writeQuietSite(folder) {
    const article = frontMatter({ title: "The only story", date: "2021-03-01", source: { name: "Reuters" } }) + "Quiet.\n";
    await writeSite(folder, { title: "A quiet site" }, { "only.md": article });
}

/** A digest before its first day: neither articles nor pages, menu nor description. */
export async function writeEmptySite(folder) {
    await mkdir(join(folder, "content/articles"), { recursive: true });
    await writeFile(join(folder, "site.toml"), toml({ base_url: "https://example.org/", title: "An empty site" }));
}

async function writeSite(folder, settings, articles) {
    const files = { "content/pages/about.md": `${frontMatter({ title: "About" })}Who we are.\n` };
    for (const [name, text] of Object.entries(articles)) files[`content/articles/${name}`] = text;
    files["site.toml"] = toml({ base_url: "https://example.org/", ...settings });
    for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
    }
}

const date = (day) => `2021-03-${String(day).padStart(2, "0")}`;
const frontMatter = (keys) => `+++\n${toml(keys)}+++\n\n`;
const toml = (keys) => Object.entries(keys).map(([key, value]) => `${key} = ${tomlValue(value)}\n`).join("");

// JSON's strings are strings of TOML too, and Dateline reads dates from strings.
function tomlValue(value) {
    if (Array.isArray(value)) return `[${value.map(tomlValue).join(", ")}]`;
    if (typeof value !== "object") return JSON.stringify(value);
    return `{ ${Object.entries(value).map(([key, inner]) => `${key} = ${tomlValue(inner)}`).join(", ")} }`;
}
