// The preview in a browser: what an editor sees while they write. Each case has a site, a server and tabs of its own.
// The rows are those of the scenarios that bit other generators' previews.

import * as following from "../preview/following.mjs";
import * as panel from "../preview/panel.mjs";
import * as patching from "../preview/patching.mjs";
import { withPreview } from "../preview.mjs";

const CASES = { ...patching.CASES, ...following.CASES, ...panel.CASES };

export async function run({ result, web, temp, servers, only }) {
    for (const [name, { files, options, check }] of Object.entries(CASES)) {
        if (only && !name.includes(only)) continue;
        const problems = [];
        try {
            await withPreview({ web, temp, servers }, { files, options }, check);
        } catch (error) {
            problems.push({ kind: "preview", what: error.stack ?? String(error) });
        }
        result.add({ site: "preview", page: name }, problems);
    }
}
