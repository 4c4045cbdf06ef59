#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""reference.py [--write] ROOT: fails unless the pages of docs/reference are what the comments (`///`) of the headers and the examples of
test/reference say; with --write writes them. Also fails for a public name that has no comment or no example, and for an op of
`all_ops` of which nothing is said.

An example is a paragraph, the lines between empty ones. It belongs to the names that a comment on its first line has in backticks, else
to the first name of the library in it, `ct::name`. Names that are for other headers are in reference/not_listed.txt."""

import fnmatch
import pathlib
import re
import sys
import textwrap

# Page: title, headers. A header belongs to the first page that has it.
PAGES = {
    "expressions": ("Leaves, numbers, sizes", "shape/dimension expr/literal expr/print ops/leaf ops/dims ops/iterations transform/evaluate"),
    "ops": ("Ops", "ops/* nn/random nn/xlogy"),
    "activations": ("Activations", "nn/activations/* nn/softmax nn/log_softmax"),
    "losses": ("Losses", "nn/losses/* nn/*_with_logits nn/labels_and_logits"),
    "metrics": ("Metrics", "nn/metrics/*"),
    "layers": ("Layers and models", "nn/layers/*"),
    "initializers": ("Initializers", "nn/initializers/* nn/initial_value"),
    "regularizers": ("Regularizers and constraints", "nn/regularizers nn/constraints nn/configured"),
    "schedules": ("Learning rates that change", "train/*_decay train/*_restarts train/schedule"),
    "steps": ("Steps of training", "train/minimize train/apply_gradients train/together train/train* train/groups expr/assign"),
    "optimizers": ("Optimizers", "train/* expr/shared_options"),
    "derivatives": ("Derivatives", "transform/gradient transform/per_example_gradient transform/variables_of"),
    "calls": ("Calls", "runtime/* interop/* plan/report/* transform/explain_rewrites"),
    "model": ("Compile and fit", "model/* model/callbacks/*"),
    "files": ("Files", "io/*"),
}
OPTION = re.compile(r"(?:\w+_t(?:<.*>)?|word<.*>|layer_option<.*>|kept_value<.*>|enum)$", re.DOTALL)
AUXILIARY = re.compile(r"_(?:t|op|function|formula|fault|fault_of|options)$")
SECTION = re.compile(r"(?:^|(?<=[.:] ))(?=Derivatives?:|\*\*Fails when\*\*|Throws |Source:|@\w+ )")
INTERVALS = {"not_negative": "at least 0", "not_positive": "at most 0", "positive": "above 0", "fraction": "in [0, 1)",
             "inner_fraction": "in (0, 1)", "probability": "in [0, 1]", "natural": "0, 1, ...", "whole": "1, 2, ..."}


def declarations(lines, space=""):
    """(namespace or access, comment, declaration, body) of what stands outermost in `lines`."""
    stack, comment, head, body, last = [space], [], [], [], []
    for line in lines:
        stripped = line.strip()
        code = re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])\'|//.*', "", stripped).strip()
        outermost = None not in stack
        if outermost and not head:
            if stripped.startswith("///"):
                comment.append(stripped[4:])
                continue
            if access := re.fullmatch(r"(public|private|protected):", stripped):
                stack[0], comment, last = access[1], [], []
                continue
            if not code or code.startswith("#"):
                comment, last = [], []
                continue
            if opened := re.match(r"(?:inline )?namespace ?([\w:]*) ?\{$", code):
                stack.append(opened[1])
                comment, last = [], []
                continue
            if code == "}":
                stack.pop()
                continue
        (head if outermost else body).append(line)
        for bracket in re.findall(r"[{}]", code):
            stack.append(None) if bracket == "{" else stack.pop()
        if None not in stack and code.endswith((";", "}")) and not code.startswith("requires"):
            comment = comment or last  # what stands right below is meant too
            yield "::".join(filter(None, stack)), comment, "\n".join(head), body[:-1]
            comment, head, body, last = [], [], [], comment


def without_templates(head):
    return re.sub(r"^ *(?:template\s*<(?:[^<>]|<[^<>]*>)*>|requires.*)\n", "", head, flags=re.MULTILINE)


def name_and_kind(head):
    """What a declaration declares, and `struct`, `using`, `function` or the type of a constant; a name alone is what a page can list."""
    plain = without_templates(head)
    if "CTGRAD_RULE" in head or re.search(r"\boperator\b(?!\"\")|^using namespace|^static_assert|\) ->|\bconcept\b|^requires", plain):
        return "", ""
    if found := re.match(r"(struct|class|enum(?: class)?|using) (\w+)(?![\w<;])", plain):
        return found[2], found[1].split()[0]
    if found := re.match(r"inline constexpr (.+?)\s(\w+)(?:\[\])?(?:\{.*| = .*);$", plain, re.DOTALL):
        return found[2], found[1]
    while plain != (plain := re.sub(r"<[^<>]*>", "", plain)):
        pass
    if found := re.match(r"[^=;]*?(\boperator\"\"_c|\b\w+)\(", plain):
        return found[1].replace('operator""', ""), "function"
    return "", ""


def before_body(text):
    """A declaration without what it does: `operator()(B&&... arguments)`."""
    depth, seen, end = 0, False, text.find("operator()") + 9 if "operator()" in text else -1
    if not re.search(r"\w\)?\(", text.split(" = ")[0]):
        return re.sub(r"( =|\s*\{).*|;$", "", text, flags=re.DOTALL)
    while not (seen and depth == 0) and end + 1 < len(text):
        end += 1
        depth += (text[end] in "(<") - (text[end] in ")>")
        seen = seen or (text[end] == "(" and depth == 1)
    return text[:end + 1] + re.match(r"(?: const)?", text[end + 1:])[0]


def argument(parameter):
    """How a call writes what a function declares as `parameter`."""
    found = re.fullmatch(r"(?:const )?([\w:]+)(<.*>)?(\.\.\.|&+)? ?(\w*)", re.sub(r" = .*", "", parameter.strip()))
    if found and found[1].endswith("_t"):
        return found[1][:-2].replace("extent", "size") + (found[2] or "")
    return (found[4] or found[1].lower()) + (found[3] or "").rstrip("&") if found else parameter


def split(text):
    """The parts of `text` between commas that are in no bracket."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "<({") - (sign in ">)}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


class header_file:
    def __init__(self, path, key):
        self.key, self.text = key, path.read_text(encoding="utf-8")
        self.declared = [d for d in declarations(self.text.splitlines()) if not re.search(r"\bdetail\b", d[0])]

    def struct(self, name):
        found = re.search(rf"^(?:struct|class) {name}\b(?:[^\n{{;]*\{{\}};|[^;{{]*\{{\n.*?^\}};)", self.text, re.MULTILINE | re.DOTALL)
        return found[0] if found else ""

    def defaults(self, formula):
        """The options of a formula, as a call may write them."""
        text = self.struct(formula)
        if other := re.search(r"defaults = (\w+);", text):
            text = re.search(rf"{other[1]}( = .*?;\n)\}}", self.text, re.DOTALL)[1].replace(" = ", "defaults = ", 1)
        elif other := re.search(r"defaults = (\w+)::defaults;", text) or \
                ("defaults" not in text and re.match(r"struct \w+ : (?:\w+, )*?(\w+_formula)\b", text)):
            return self.defaults(other[1])
        found = re.search(r"defaults =\s+(?:[^;]*;\s*return )?(\w*)options\((.*?)\);|settings<(.*?)>\s*(?:defaults)?\{\}", text, re.DOTALL)
        options = []
        for each in split(re.sub(r"\s+", " ", found[2] or found[3] or "") if found else ""):
            each = re.sub(r'default_value<"(\w+)", (.*)>$', r"\1 = \2", re.sub(r"chosen<(\w+)_t, (?:literal<|decltype\()(.*?)(?:_c\))?>*$", r"\1 = \2_c", each))
            each = re.sub(r"number_bits\((.*?)(?:\.0)?\)", r"\1", re.sub(r" = (?:unset|required)(?:\{\})?$", "", each))
            each = re.sub(r"literal<(.*)>\{\}", r"\1_c", re.sub(r"_t\{\}", "", each))
            each = re.sub(r"[\w:]*along\((.*)\)", r"\1", re.sub(r"axis = axis_t|axis_t", "axis", each))
            each = re.sub(r"(\w+) = std::true_type", r"\1<true>", each)
            options.append(each.replace("constant_initializer", "zeros()").replace("one_initializer", "ones()"))
        return options + {"loss_": ["axis<-1>", "reduction = sum_over_batch_size"], "optimizer_": ["..."]}.get(found[1] if found else "", [])


class entry:
    """A name, with all that the headers say of it."""

    def __init__(self, name, kind, page, header):
        self.name, self.kind, self.page, self.header = name, kind, page, header
        self.comment, self.signatures, self.members = [], [], []

    def add(self, comment, head, body):
        self.comment = self.comment or comment
        plain = without_templates(head)
        parameters = re.match(r"template\s*<((?:[^<>]|<[^<>]*>)*)>", head)
        angle = "<" + ", ".join(re.sub(r" = .*", "", p.strip()).split()[-1] + "..." * ("..." in p) for p in split(parameters[1])) + ">" \
            if parameters else ""
        if self.kind in ("struct", "class"):
            self.add_members(head, plain, body)
        elif self.kind == "function":
            template = head[:len(head) - len(without_templates(head))] if head.endswith(without_templates(head)) else ""
            self.signatures.append(template + before_body(head[len(template):]))
        elif self.kind in ("using", "enum"):
            self.signatures.append(head)
        else:
            self.signatures += [self.name + angle + call for call in self.calls()]

    def add_members(self, head, plain, body):
        access, fields = ("private" if plain.startswith("class") else "public"), []
        for where, said, member, _ in declarations(body, access):
            member = textwrap.dedent(member)
            if where == "public" and not re.search(r"\(|\b(?:using|static|friend|struct|enum)\b", member.split(" = ")[0].split("//")[0]):
                fields.append("    " + member)
            elif where == "public" and said and not re.search(r"= (?:delete|default);|&&\) noexcept", member):
                shown = re.sub(r"^(?:\[\[[\w:]*\]\] |static |constexpr |explicit |inline |auto |bool (?!\w+\())*", "", without_templates(member))
                self.members.append((said, re.sub(r"\s+", " ", before_body(shown))))
        if not self.signatures:
            shown = re.sub(r"(?<=\w) (?:final )?:(?!:).*| *\{.*", "", head, flags=re.DOTALL)
            self.signatures.append("\n".join([shown + " {", *fields, "};"] if fields else [shown + ";"]))

    def calls(self):
        text = self.header.struct(self.kind)
        found = re.search(r"(\w+_function)<(?:detail::)?(\w+)", text if text and "operator()" not in text else self.kind)
        function, formula = found.groups() if found else (re.sub(r"^detail::|<.*", "", self.kind), "")
        if function == "op_function":
            return ["(" + re.search(r"evaluate\((.*?)\)", self.header.struct(formula))[1].replace("auto ", "") + ")"]
        if not formula.endswith(("_op", "_formula")):
            accepted = re.findall(r"((?:template <[^\n]*>\n *)?(?:requires[^\n]*\n *)?)constexpr (?:auto|\w+<\w+>) operator\(\)\(([^)]*)\)",
                                  self.header.struct(function).split("private:")[0])
            return list(dict.fromkeys("(" + ", ".join(map(argument, split(p))) + ")" for t, p in accepted if "data_like" not in t and p)) or [""]
        options = self.header.defaults(formula)
        written = lambda *all: "(" + ", ".join(all) + ")"
        return {"reduction_function": ["(x)", "(x, axis<...>, keepdims)"], "labels_and_logits_function": ["(labels = t, logits = z)"],
                "loss_function": [written("t", "p", *(o for o in options if not o.startswith("reduction"))), written(*options)],
                "activation_function": [written("x", *options)] + [written(*options)] * bool(options)}.get(function, [written(*options)])


def prose(comment, rules):
    """A comment as paragraphs of Markdown."""
    out, verbatim, text = [], False, []
    for line in [*comment, ""]:
        if line.startswith("```") or verbatim or not line:
            out += [part.strip() for part in SECTION.split(" ".join(text).replace(" \n", "\n")) if part.strip()] if text else []
            text = []
            if line.startswith("```"):
                verbatim = not verbatim
                out.append("```cpp" if verbatim else out.pop() + "\n```")
            elif verbatim:
                out.append(out.pop() + "\n" + line)
        else:
            text.append("\n" * line.startswith(("- ", "  ")) + line)
    linked = lambda found: f"[`{found[1]}`](../errors.md#{found[1]})" if found[1] in rules else found[0]
    for k, part in enumerate(out):
        if not part.startswith("```"):
            part = re.sub(r"^@(param|tparam) (\S+)", r"`\2`:", re.sub(r"^@returns ", "**Returns** ", re.sub(r"^@see ", "See ", part)))
            part = re.sub(r"^(Derivatives?|Source):", r"**\1**:", re.sub(r"^Throws ", "**Throws** ", part))
            pieces = re.split(r"(`[^`]*`)", part)  # outside code < and * mean themselves
            out[k] = "".join(re.sub(r"`(\w+)`", linked, piece) if piece.startswith("`") else
                             re.sub(r"(?<!\*)\*(?!\*)", r"\\*", re.sub(r"<(?=\w)", "&lt;", piece)) for piece in pieces)
    return out


def examples(folder):
    """Name: the paragraphs that show it, with their file; file: what its examples have in common."""
    shown, common = {}, {}
    for path in sorted(folder.glob("*.cpp")):
        for paragraph in re.split(r"\n{2,}", path.read_text(encoding="utf-8").strip()):
            lines = paragraph.splitlines()
            if re.match(r"//.* in all examples", lines[0]):
                common[path] = paragraph
                continue
            if lines[0].startswith((" ", "void ")):  # of a function
                lines = [line for line in lines if line.startswith(" ")]
            first = re.search(r"\bct::((?:\w+::)*\w+)", "\n".join(line for line in lines if not line.strip().startswith("//")))
            named = re.findall(r"`([\w:]+)`", lines[0]) if lines and lines[0].strip().startswith("//") else []
            for name in named or ([first[1]] if first else []):
                shown.setdefault(name, (textwrap.dedent("\n".join(lines)), path))
    return shown, common


def pages(root):
    """Pages by name, and what is wrong with what they are made of."""
    headers, wrong = root / "include" / "ctgrad", []
    skipped = set((root / "test" / "reference" / "not_listed.txt").read_text(encoding="utf-8").split())
    rules = set(re.findall(r"^## (\w+)$", (root / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE))
    shown, common = examples(root / "test" / "reference")
    entries, types, options = {}, {}, {}
    for path in sorted(p for p in headers.rglob("*.hpp") if "detail" not in p.parts):
        header = header_file(path, str(path.relative_to(headers))[:-4])
        page = next((p for p, (_, which) in PAGES.items() if any(fnmatch.fnmatchcase(header.key, w) for w in which.split())), "")
        for space, comment, head, body in header.declared:
            name, kind = name_and_kind(head)
            full = "::".join([part for part in space.split("::")[1:] if part not in ("literals",)] + [name])
            if kind in ("struct", "class") and AUXILIARY.search(name):
                types[space, name] = types[name] = (comment, head)
            elif page and name and OPTION.match(kind) and not re.search(r"operator\(\)|_function<", header.struct(kind)):
                options.setdefault(full, (page, header, (space, kind.split("<")[0]), comment))
            elif page and name and full not in skipped and not AUXILIARY.search(name):
                entries.setdefault((page, full), entry(full, kind, page, header)).add(comment, head, body)

    out, index = {}, []
    for page, (title, _) in PAGES.items():
        listed = sorted((e for (p, _), e in entries.items() if p == page), key=lambda e: e.name.lower())
        lines, files = [f"# {title}", "", "Generated from the headers by `test/reference.py`. [All pages](README.md)", ""], []
        shared = dict.fromkeys(m[1] for e in listed if (m := re.match(r"(\w+_function)<", e.kind)) and types.get(m[1], ([],))[0])
        for function in shared:
            if sum(e.kind.startswith(function + "<") for e in listed) > 1:
                lines += [f"## What every {function} has in common", "", *sum(([part, ""] for part in prose(types[function][0], rules)), [])]
        body = []
        for e in listed:
            if not e.comment:
                wrong.append(f"{e.header.key}.hpp: {e.name} has no comment")
            body += [f"## {e.name}", "", "```cpp", *dict.fromkeys(e.signatures), "```", ""]
            body += sum(([part, ""] for part in prose(e.comment, rules)), [])
            body += [f"- `{member}`: {' '.join(prose(said, rules))}" for said, member in e.members] + [""] * bool(e.members)
            if e.name in shown:
                body += ["```cpp", shown[e.name][0], "```", ""]
                files.append(shown[e.name][1])
            else:
                wrong.append(f"{e.header.key}.hpp: {e.name} has no example in test/reference")
            body += [f"Header: `{e.header.key}.hpp`", ""]
        for file in dict.fromkeys(files):
            if file in common:
                lines += ["```cpp", common[file], "```", ""]
        lines += body
        rows = []
        for name, (_, header, kind, comment) in sorted((n, o) for n, o in options.items() if o[0] == page and n not in skipped):
            said, head = types.get(kind, types.get(kind[1], ([], "")))
            said = comment or said
            if not said:
                wrong.append(f"{header.key}.hpp: option {name} has no comment")
            takes = re.search(r"interval::(\w+)", head)
            rows.append(f"| {name} | {INTERVALS.get(takes[1], '') if takes else ''} | {' '.join(prose(said, rules))} |".replace(" |x|", " x"))
        if rows:
            lines += ["## Options of this page", "", "| name | numbers | meaning |", "|---|---|---|", *rows, ""]
        out[page + ".md"] = "\n".join(lines)
        index += [f"**[{title}]({page}.md)**: " + ", ".join(f"[{e.name}]({page}.md#{e.name.lower().replace(':', '')})" for e in listed), ""]
        print(f"{page}: {len(listed)} names, {len(rows)} options")

    where = {e.name: f"[{e.name}]({e.page}.md#{e.name})" for e in entries.values() if e.page in ("ops", "activations", "expressions")}
    primitive = []
    for op in re.findall(r"^    (\w+)_op\b", (headers / "ops" / "all.hpp").read_text(encoding="utf-8"), re.MULTILINE):
        said = where.get(op) or " ".join(prose(types.get(op + "_op", ([],))[0], rules))
        if not said:
            wrong.append(f"ops/all.hpp: nothing is said of {op}_op")
        primitive.append(f"| {op} | {said} |")
    out["README.md"] = "\n".join([
        "# Reference", "", "Every public name: how it is called, its formula, shapes, derivative and errors, and an example that is compiled.",
        "`python3 test/reference.py --write .` writes these pages from the comments of the headers and from `test/reference`.",
        "All rules that a wrong line may break are in [errors](../errors.md), rewrites in [rewrites](../rewrites.md).", "", *index,
        "## Primitive ops", "", "What programs are made of, `all_ops` of `ops/all.hpp`. Those without a function stand in derivatives and in "
        "what functions are made of.", "", "| op | what it is |", "|---|---|", *dict.fromkeys(primitive), ""])
    return out, wrong


if __name__ == "__main__":
    root = pathlib.Path([a for a in sys.argv[1:] if a != "--write"][0])
    folder = root / "docs" / "reference"
    written, complaints = pages(root)
    if "--write" in sys.argv:
        folder.mkdir(exist_ok=True)
        for name, text in written.items():
            (folder / name).write_text(text, encoding="utf-8")
    there = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.md")}
    complaints += [f"docs/reference/{name} is not what the headers say: write it with --write"
                   for name in sorted(there.keys() | written.keys()) if there.get(name) != written.get(name)]
    print("\n".join(complaints) or "every name has a comment and an example")
    sys.exit(1 if complaints else 0)
