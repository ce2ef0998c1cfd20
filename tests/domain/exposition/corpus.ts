/**
 * Pages of the Prometheus text format and of OpenMetrics, right and wrong ones: what their specifications and
 * the public tests of their parsers are about, in words of our own.
 *
 * @module
 */

/** A page. */
export interface Page {
  /** What it is about. */
  readonly name: string;
  /** The page. */
  readonly text: string;
}

/** A page that is not of the format. */
export interface WrongPage extends Page {
  /** The line at fault. */
  readonly line: number;
  /** What is wrong, in part. */
  readonly reason: string;
}

/** Right pages of the text format, as `promtool check metrics` of Prometheus 2 sees it too. */
export const RIGHT_TEXT: readonly Page[] = [
  { name: "an empty page", text: "" },
  { name: "a bare value", text: "up 1\n" },
  {
    name: "blanks wherever they may be",
    text: ' \t up \t{ job = "api" , env="x", } \t 1 \t 1700000000000\n',
  },
  { name: "no blank behind the braces", text: 'up{job="api"}1\n' },
  { name: "empty braces", text: "up{} 1\n" },
  { name: "empty lines and comments", text: "\n  \n# hello\n#\n#bare\nup 1\n\n" },
  { name: "help and type", text: "# HELP up It \\\\ is\\nup.\n# TYPE up gauge\nup 1\n" },
  { name: "a type in upper case", text: "# TYPE a_total COUNTER\na_total 1\n" },
  { name: "a help without words", text: "# HELP up\nup 1\n" },
  { name: "help and type of nothing", text: "# HELP\n# TYPE\nup 1\n" },
  { name: "a keyword that is none", text: "# HELPING hand\n# UNIT up x\nup 1\n" },
  { name: "escapes in labels", text: 'a{b="\\\\ \\" \\n",c="ü {} , ="} 1\n' },
  { name: "an empty label", text: 'a{b=""} 1\n' },
  { name: "numbers of every form", text: "a 1\nb +1.5\nc -.5\nd 2.\ne 1e3\nf 1E-3\ng 0\nh -0\n" },
  { name: "what is beyond numbers", text: "a NaN\nb +Inf\nc -Inf\nd Inf\ne nan\nf infinity\n" },
  { name: "a negative timestamp", text: "a 1 -5\n" },
  {
    name: "a histogram",
    text: "# TYPE h histogram\n" +
      'h_bucket{le="0.1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 0.5\nh_count 2\n',
  },
  {
    name: "a summary",
    text: '# TYPE s summary\ns{quantile="0.5"} 1\ns{quantile="0.9"} NaN\ns_sum 3\ns_count 4\n',
  },
  { name: "a family in two parts", text: 'a{x="1"} 1\nb 2\na{x="2"} 3\n' },
  { name: "names with colons", text: "job:up:sum 1\n:x 1\n_x 1\n" },
];

/** Wrong pages of the text format, which `promtool check metrics` refuses too. */
export const WRONG_TEXT: readonly WrongPage[] = [
  ["a web page", "<!DOCTYPE html>\n<p>\n", 1, "must begin with the name of a metric"],
  ["JSON", '{"status":"ok"}\n', 1, '"," or "}" must follow'],
  ["broken off in a value", "a 1\nb 2.", 2, "must end with a line feed"],
  ["broken off in a name", "a 1\nb", 2, "must end with a line feed"],
  ["no value", "a\n", 1, "must be a number, got nothing"],
  ["no value behind labels", 'a{b="c"}\n', 1, "must be a number, got nothing"],
  ["a word for a value", 'a 1\na{b="c"} one\n', 2, 'the value of "a" must be a number, got "one"'],
  ["a hexadecimal value", "a 0x1p-2\n", 1, "must be a number"],
  ["a value with underscores", "a 1_000\n", 1, "must be a number"],
  ["a value beyond all", "a 1e999\n", 1, "must be a number"],
  ["a name with a hyphen", "a-b 1\n", 1, "must be a number"],
  ["a name that begins with a digit", "0a 1\n", 1, "must begin with the name"],
  ["a label that begins with a digit", 'a{0="b"} 1\n', 1, "the name of a label must stand here"],
  ["a label with a colon", 'a{b:c="d"} 1\n', 1, '"=" must follow the label "b"'],
  ["a label without a value", "a{b} 1\n", 1, '"=" must follow the label "b"'],
  ["a label without quotes", "a{b=c} 1\n", 1, "must stand in double quotes"],
  ["a label in single quotes", "a{b='c'} 1\n", 1, "must stand in double quotes"],
  ["a label that does not end", 'a{b="c 1\n', 1, "must end with a double quote"],
  ["a label over two lines", 'a{b="c\nd"} 1\n', 1, "must end with a double quote"],
  ["an unknown escape", 'a{b="\\x"} 1\n', 1, "unknown escape"],
  ["labels without a comma", 'a{b="c"d="e"} 1\n', 1, '"," or "}" must follow'],
  ["braces that do not close", 'a{b="c" 1\n', 1, '"," or "}" must follow'],
  ["two commas", 'a{b="c",,} 1\n', 1, "the name of a label must stand here"],
  ["the reserved label", 'a{__name__="b"} 1\n', 1, "is reserved"],
  ["a timestamp with a fraction", "a 1 2.5\n", 1, "the timestamp must be in whole milliseconds"],
  ["a timestamp that is a word", "a 1 now\n", 1, "the timestamp must be"],
  ["something behind the timestamp", "a 1 2 3\n", 1, "the line must end here"],
  ["carriage returns", "a 1\r\n", 1, "carriage return"],
  ["an unknown type", "# TYPE a meter\n", 1, "the type must be one of counter"],
  ["a type with something behind it", "# TYPE a counter yes\n", 1, "the type must be one of"],
  ["two types", "# TYPE a counter\n# TYPE a counter\n", 2, "stands there twice"],
  ["two helps", "# HELP a b\n# HELP a c\n", 2, "stands there twice"],
  ["a type behind a value", "a 1\n# TYPE a counter\n", 2, "must stand before its values"],
  ["a type of no name", "# TYPE 0 counter\n", 1, "must be followed by the name of a metric"],
].map(toWrong);

/** Wrong pages of the text format that Prometheus 2 takes in part, or logs about. */
export const STRICTER_TEXT: readonly WrongPage[] = [
  ["a series twice", 'a{b="c",d="e"} 1\na{d="e",b="c"} 2\n', 2, 'a series of "a" twice'],
  ["a bare series twice", "a 1\nb 1\na 1\n", 3, 'a series of "a" twice'],
  ["a label twice", 'a{b="c",b="d"} 1\n', 1, 'the label "b" stands there twice'],
].map(toWrong);

/** Right pages of names in UTF-8, which Prometheus 2 does not know. */
export const RIGHT_UTF8: readonly Page[] = [
  { name: "a quoted name", text: '{"http.server.duration"} 1\n' },
  { name: "a quoted name and labels", text: '{"a b","c.d"="e",f="g"} 1\n' },
  { name: "notes of a quoted name", text: '# HELP "a.b" words\n# TYPE "a.b" gauge\n{"a.b"} 1\n' },
];

/** Right pages of OpenMetrics. */
export const RIGHT_OPEN: readonly Page[] = [
  { name: "nothing", text: "# EOF\n" },
  { name: "nothing, without the last line feed", text: "# EOF" },
  {
    name: "all notes",
    text: "# TYPE a_seconds counter\n# UNIT a_seconds seconds\n# HELP a_seconds It\\nis.\n" +
      'a_seconds_total{b="c"} 1.5 1700000000.25\na_seconds_created{b="c"} 1.7e9\n# EOF\n',
  },
  {
    name: "exemplars",
    text: '# TYPE h histogram\nh_bucket{le="1.0"} 1 # {trace="x"} 0.5\n' +
      'h_bucket{le="+Inf"} 2 1700000000 # {} 3 1700000000.5\nh_count 2\nh_sum 3\n# EOF\n',
  },
  {
    name: "types of its own",
    text: '# TYPE i info\ni_info{version="1"} 1\n# TYPE s stateset\ns{s="a"} 1\n' +
      '# TYPE u unknown\nu 1\n# TYPE g gaugehistogram\ng_bucket{le="+Inf"} 1\n# EOF\n',
  },
  { name: "an empty help", text: "# HELP a \na 1\n# EOF\n" },
];

/** Wrong pages of OpenMetrics. */
export const WRONG_OPEN: readonly WrongPage[] = [
  ["nothing at all", "", 1, 'must end with "# EOF"'],
  ["no end", "a 1\n", 2, 'must end with "# EOF"'],
  ["broken off", "a 1\nb 2.", 2, "broken off"],
  ["something behind the end", "# EOF\na 1\n", 2, 'nothing may follow "# EOF"'],
  ["an empty line", "\na 1\n# EOF\n", 1, "must not be empty"],
  ["a tab", "a\t1\n# EOF\n", 1, "a space must follow"],
  ["two spaces", "a  1\n# EOF\n", 1, "must be a number"],
  ["a space first", " a 1\n# EOF\n", 1, "must begin with the name"],
  ["a comment", "# hello\n# EOF\n", 1, "a line with # must be"],
  ["a note without a space", "#TYPE a counter\n# EOF\n", 1, "a line with # must be"],
  ["a type of the text format", "# TYPE a untyped\n# EOF\n", 1, "the type must be one of"],
  ["a type in upper case", "# TYPE a COUNTER\n# EOF\n", 1, "the type must be one of"],
  ["a unit that the name has not", "# UNIT a_bytes seconds\n# EOF\n", 1, "must end with its unit"],
  ["a timestamp that is a word", "a 1 now\n# EOF\n", 1, "the timestamp must be in seconds"],
  ["an exemplar without braces", "a 1 # 2\n# EOF\n", 1, "an exemplar must begin with"],
  ["an exemplar without a value", 'a 1 # {b="c"}\n# EOF\n', 1, "an exemplar must have a number"],
  ["something behind a value", "a 1 2 3\n# EOF\n", 1, "the line must end here"],
].map(toWrong);

function toWrong(row: (string | number)[]): WrongPage {
  const [name, text, line, reason] = row;
  return {
    ...{ name: String(name), text: String(text) },
    ...{ line: Number(line), reason: String(reason) },
  };
}
