import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import { formatExpression } from "@/lib/domain/expression/format_expression.ts";
import { ExpressionError } from "@/lib/domain/expression/expression_error.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";

import { ANY_EXPRESSION } from "./expressions.ts";

Deno.test("parseExpression() reads what formatExpression() writes as the same again", () => {
  fc.assert(
    fc.property(ANY_EXPRESSION, (expression) => {
      assertEquals(parseExpression(formatExpression(expression)), expression);
    }),
    { numRuns: 500 },
  );
});

Deno.test("parseExpression() reads any text or says where it is wrong", () => {
  const piece = fc.constantFrom(
    ...["rate", "sum", "up", "or", "by", "(", ")", "{", "}", "[", "]", "5m", "1e3", "0.5", '"a"'],
    ...["'", "`", "\\", "=", "=~", "-", "*", ",", " ", "le", "histogram_quantile", "vector"],
  );
  const text = fc.oneof(fc.array(piece).map((pieces) => pieces.join("")), fc.string());
  fc.assert(
    fc.property(text, (found) => {
      try {
        parseExpression(found);
      } catch (error) {
        assert(error instanceof ExpressionError, String(error));
        assert(error.position >= 1 && error.position <= found.length + 1);
      }
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("parseExpression() reads what users of Prometheus write", async (t) => {
  const rows: [name: string, text: string, canonical: string][] = [
    ["a name", "up", "up"],
    [
      "conditions",
      "up{job='a', env!=\"b\",x=~`c.*`, y!~'d',}",
      'up{job="a", env!="b", x=~"c.*", y!~"d"}',
    ],
    [
      "a name in UTF-8",
      '{"http.server.duration", "http.route"="/"}',
      '{"http.server.duration", "http.route"="/"}',
    ],
    ["a quoted name that needs no quotes", '{"up"}', "up"],
    ["precedence", "1+2*3", "1 + 2 * 3"],
    ["from the left", "8-4-2", "8 - 4 - 2"],
    ["parentheses that matter", "8-(4-2)", "8 - (4 - 2)"],
    ["parentheses that do not", "((8)-(4))", "8 - 4"],
    ["a minus before a name", "-a*b", "-a * b"],
    ["a minus before parentheses", "-(a*b)", "-(a * b)"],
    ["a range", "rate(x_total[1h30m])", "rate(x_total[90m])"],
    ["grouping before", "sum by (le,code) (x)", "sum by (le, code) (x)"],
    ["grouping behind", "sum(x) by (le)", "sum by (le) (x)"],
    ["grouping by what is left", "max without(cpu)(x)", "max without (cpu) (x)"],
    ["an alternative", "sum(a) or vector(0)", "sum(a) or vector(0)"],
    ["lines and comments", "a # one\n + b", "a + b"],
    ["a metric called like a function", "rate + sum", "rate + sum"],
    ["numbers", "1e3 + .5 + 2.", "1000 + 0.5 + 2"],
  ];
  for (const [name, text, canonical] of rows) {
    await t.step(name, () => assertEquals(formatExpression(parseExpression(text)), canonical));
  }
});

Deno.test("parseExpression() says at which character what is wrong, and what would be right", async (t) => {
  const rows: [text: string, position: number, reason: string][] = [
    ["", 1, 'a number, a name, a function or "(" must stand here, got nothing'],
    ["1 +", 4, 'a number, a name, a function or "(" must stand here, got nothing'],
    ["sum(a", 6, '")" must stand here, got nothing'],
    ["a b", 3, 'an operator (+, -, *, /, or) or the end must follow, got "b"'],
    ["a offset 5m", 3, 'an operator (+, -, *, /, or) or the end must follow, got "offset"'],
    ["a > 1", 3, 'the operators are +, -, *, / and or, got ">"'],
    ["irate(a)", 1, 'there is no function "irate"; did you mean "rate"?'],
    ["rate(sum(a))", 6, "rate() takes counters as they are: write sum(rate(…)) instead"],
    ["rate(1)", 6, "rate() takes counters, such as rate(http_requests_total)"],
    ["rate(a[5])", 8, 'a span from 1ms to 1d such as 5m must stand here, got "5"'],
    ["rate(a[2d])", 8, 'a span from 1ms to 1d such as 5m must stand here, got "2d"'],
    ["a[5m]", 2, 'an operator (+, -, *, /, or) or the end must follow, got "["'],
    ["sum(1)", 5, "sum() takes series, got a bare number; vector(…) makes a series of it"],
    ["a or 0", 6, "or takes series, got a bare number; vector(…) makes a series of it"],
    ["vector(a)", 8, "vector() takes a bare number, such as vector(0)"],
    [
      "histogram_quantile(95, a)",
      20,
      "histogram_quantile() takes a part from 0 to 1 first, such as 0.95",
    ],
    ["histogram_quantile(0.9 a)", 24, '"," must stand here, got "a"'],
    ["a{b}", 4, '=, !=, =~ or !~ must follow, got "}"'],
    ["a{b=c}", 5, 'a text in quotes must stand here, got "c"'],
    ["a{b=\"c\" d='e'}", 9, '"," or "}" must follow, got "d"'],
    ["a{b=~'('}", 6, "in the regular expression: missing closing ): `(`"],
    ["a{b=~'(?=x)'}", 6, "in the regular expression: invalid or unsupported Perl syntax: `(?=`"],
    [
      'a{b="\\d"}',
      5,
      "the text has an unknown escape \\d; a backslash itself is written \\\\, or the text stands between backticks",
    ],
    ["a{b='c}", 5, "the text that begins with ' must end with it"],
    [
      "{b='c'}",
      1,
      'a selector must have a name, such as up{job="api"} or {"http.server.duration", code="200"}',
    ],
    ["{'a', 'b'}", 7, 'the name is already "a", got "b"'],
    [
      "{__name__='a'}",
      2,
      'the name must stand before the braces or as a text in them, such as {"my.name"}',
    ],
    ["1e999", 1, 'the number "1e999" is too large'],
    ["5x", 1, "a number must be such as 100, 0.95 or 1e3"],
    ["a ; b", 3, '";" has no meaning here'],
    ["Inf", 1, 'a number, a name, a function or "(" must stand here, got "Inf"'],
    ["(".repeat(50), 42, "it must be nested at most 40 deep"],
    ["-".repeat(50) + "1", 51, "it must have at most 40 minus signs in a row"],
    ["a".repeat(4_001), 4_001, "it must have at most 4000 characters, got 4001"],
  ];
  for (const [text, position, reason] of rows) {
    await t.step(`"${text.slice(0, 40)}"`, () => {
      const error = assertThrows(() => parseExpression(text), ExpressionError);
      assertEquals([error.reason, error.position], [reason, position]);
      assertEquals(error.message, `Cannot parse expression at character ${position}: ${reason}`);
    });
  }
});
