// The few expressions of GitHub's that the workflows here have. Another one is an error, and no guess.

/** Puts the values into a text, as a runner does before it looks at a step. */
export const substitute = (text, contexts) => String(text).replace(/\$\{\{(.*?)\}\}/g, (_, expression) => evaluate(expression, contexts));

const TOKENS = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w-]*)|(\|\||==|!=|[().,]))/y;

/** The value of an expression. What a context does not have is empty, as it is there. */
export function evaluate(expression, contexts) {
    const tokens = [];
    TOKENS.lastIndex = 0;
    while (TOKENS.lastIndex < expression.trimEnd().length) {
        const at = TOKENS.lastIndex;
        const match = TOKENS.exec(expression);
        if (!match) throw new Error(`not understood: ${expression.slice(at)}`);
        const [, text, name, sign] = match;
        tokens.push(text !== undefined ? { text: text.replaceAll("''", "'") } : { name, sign });
    }
    const value = either(tokens, contexts);
    if (tokens.length) throw new Error(`not understood: ${expression}`);
    return value ?? "";
}

function either(tokens, contexts) {
    let value = compared(tokens, contexts);
    while (tokens[0]?.sign === "||") {
        tokens.shift();
        const other = compared(tokens, contexts);
        value = value || other;
    }
    return value;
}

function compared(tokens, contexts) {
    const value = single(tokens, contexts);
    const sign = tokens[0]?.sign;
    if (sign !== "==" && sign !== "!=") return value;
    tokens.shift();
    return ((value ?? "") === (single(tokens, contexts) ?? "")) === (sign === "==");
}

function single(tokens, contexts) {
    const token = tokens.shift();
    if (token?.text !== undefined) return token.text;
    if (!token?.name) throw new Error(`a value was expected, not ${token?.sign}`);
    if (tokens[0]?.sign === "(") return call(token.name, tokens, contexts);
    if (!Object.hasOwn(contexts, token.name)) throw new Error(`there is no context ${token.name} here`);
    let value = contexts[token.name];
    while (tokens[0]?.sign === ".") {
        tokens.shift();
        value = value?.[tokens.shift().name];
    }
    return value;
}

function call(name, tokens, contexts) {
    if (name !== "format") throw new Error(`there is no function ${name} here`);
    const values = [];
    do {
        tokens.shift();
        values.push(either(tokens, contexts));
    } while (tokens[0]?.sign === ",");
    if (tokens.shift()?.sign !== ")") throw new Error("a ')' is missing");
    return values[0].replace(/\{(\d)\}/g, (_, index) => values[Number(index) + 1] ?? "");
}
