/**
 * A rule of `deno lint` that finds words in markup: what a person reads or hears stands in `texts/`. It is run by a
 * test alone, since it holds for some folders only.
 *
 * @module
 */

/** What stands word for word in a program or on a key. */
const CODE = new Set(["code", "kbd"]);

const ATTRIBUTES = new Set([
  ...["aria-label", "aria-description", "aria-valuetext", "alt", "placeholder", "title"],
  ...["data-caption", "data-name", "caption", "legend", "label", "empty", "action", "hint"],
]);

const LETTERS = /\p{L}/u;

/** Two words with a space between them: a name of the program has none. */
const SENTENCE = /\p{L}[\p{L}’']*[,:]? \p{L}/u;

/** What an expression shows: the literals that can come of it. */
function* shownLiterals(node: Deno.lint.Node): Generator<readonly [Deno.lint.Node, string]> {
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "string") yield [node, node.value];
      break;
    case "TemplateLiteral":
      for (const { cooked } of node.quasis) yield [node, cooked];
      break;
    case "ConditionalExpression":
      yield* shownLiterals(node.consequent);
      yield* shownLiterals(node.alternate);
      break;
    case "LogicalExpression":
      if (node.operator !== "&&") yield* shownLiterals(node.left);
      yield* shownLiterals(node.right);
      break;
    case "JSXExpressionContainer":
      yield* shownLiterals(node.expression);
      break;
  }
}

/** Whether a literal is what the program reads: a module, a class, a path, the message of a bug. */
function isForProgram(node: Deno.lint.Node): boolean {
  for (let at: Deno.lint.Node | null = node; at !== null; at = parentOf(at)) {
    switch (at.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
        return at.type === "ImportDeclaration";
      case "JSXAttribute":
        return true; // those with words are looked at by name
      case "NewExpression":
        return at.callee.type === "Identifier" && at.callee.name.endsWith("Error");
    }
  }
  return false;
}

function isCode(node: Deno.lint.Node): boolean {
  const parent = parentOf(node);
  const name = parent?.type === "JSXElement" ? parent.openingElement.name : undefined;
  return name?.type === "JSXIdentifier" && CODE.has(name.name);
}

function parentOf(node: Deno.lint.Node): Deno.lint.Node | null {
  return "parent" in node && node.parent ? node.parent as Deno.lint.Node : null;
}

/** The rule, as a plugin with that one rule. */
export const WORDS_IN_MARKUP: Deno.lint.Plugin = {
  name: "texts",
  rules: {
    "words-in-markup": {
      create(context) {
        const report = (node: Deno.lint.Node, text: string) =>
          context.report({ node, message: `words in markup: ${JSON.stringify(text.trim())}` });
        return {
          JSXText(node) {
            if (LETTERS.test(node.value) && !isCode(node)) report(node, node.value);
          },
          JSXAttribute(node) {
            const name = node.name.type === "JSXIdentifier" ? node.name.name : "";
            if (!ATTRIBUTES.has(name) || node.value === null) return;
            for (const [literal, text] of shownLiterals(node.value)) {
              const isPath = text.startsWith("/");
              if (LETTERS.test(text) && !isPath) report(literal, text);
            }
          },
          JSXExpressionContainer(node) {
            if (parentOf(node)?.type === "JSXAttribute") return;
            for (const [literal, text] of shownLiterals(node.expression)) {
              if (LETTERS.test(text)) report(literal, text);
            }
          },
          Literal(node) {
            if (typeof node.value !== "string" || !SENTENCE.test(node.value)) return;
            if (!isForProgram(node)) report(node, node.value);
          },
          TemplateLiteral(node) {
            const text = node.quasis.find(({ cooked }) => SENTENCE.test(cooked));
            if (text !== undefined && !isForProgram(node)) report(node, text.cooked);
          },
        };
      },
    },
  },
};
