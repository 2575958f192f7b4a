// Gathers what the checks find and prints it: a line for each check, its failures below it, and the totals.
//
// A case is one page in one setting, such as "the archive, 320 px wide, twice the text size". It passes when nothing
// is wrong with it. A fault in a template shows on every page in every setting, so failures are grouped by kind, those
// of like elements are told once with their number, and of each kind twenty are shown: they say as much as two thousand.

const SHOWN_OF_A_KIND = 20;

/** The results of one check. */
export function newResult(name) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const kinds = new Map();
    const notes = [];

    return {
        name,
        counts,
        notes,
        kinds,
        /** `where` is { site, page, setting }, `problems` a list of { kind, what, selector }; an empty one is a pass. */
        add(where, problems) {
            counts[problems.length ? "failed" : "passed"] += 1;
            for (const problem of problems) {
                const alike = kinds.get(problem.kind) ?? new Map();
                const key = likeness(where, problem);
                alike.set(key, [...(alike.get(key) ?? []), describe(where, problem)]);
                kinds.set(problem.kind, alike);
            }
        },
        /** A line that is printed whatever the outcome: scores, weights, counts of warnings. */
        note(text) {
            notes.push(text);
        },
    };
}

export function print(result, seconds) {
    const { passed, failed, skipped } = result.counts;
    const outcome = failed ? "FAIL" : "ok  ";
    const counts = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`];
    console.log(`${outcome}  ${result.name.padEnd(11)} ${counts.filter(Boolean).join(", ")}  (${seconds.toFixed(1)} s)`);
    for (const note of result.notes) console.log(`        ${note}`);
    for (const [kind, alike] of result.kinds) {
        const lines = [...alike.values()];
        console.log(`      ${kind}: ${lines.flat().length}`);
        for (const [first, ...more] of lines.slice(0, SHOWN_OF_A_KIND)) {
            console.log(`        ${first}${more.length ? ` (and ${more.length} like it)` : ""}`);
        }
        const rest = lines.slice(SHOWN_OF_A_KIND).flat().length;
        if (rest) console.log(`        … and ${rest} more`);
    }
}

/** The last line of a run. scripts/test reads it. */
export function printTotals(results) {
    const sum = (outcome) => results.reduce((total, result) => total + result.counts[outcome], 0);
    console.log(`web: ${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
}

// The same element, but for its place among its like: one fault of a template, as a rule.
function likeness({ site }, { selector, what }) {
    return `${site} ${(selector ?? what).replace(/:nth-of-type\(\d+\)/g, "")}`;
}

function describe({ site, page, setting }, { selector, what }) {
    const where = [site, page, setting].filter(Boolean).join(" ");
    return [where, selector, what].filter(Boolean).join(" | ");
}
