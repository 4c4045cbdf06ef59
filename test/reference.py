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

from declarations import argument, before_body, declarations, header_file, name_and_kind, split, without_templates

# Page: title, headers. A header belongs to the first page that has it.
PAGES = {
    "expressions": ("Leaves and numbers", "shape/dimension expr/literal expr/print ops/leaf ops/dims ops/iterations transform/evaluate"),
    "loops": ("Loops", "transform/scan transform/cumulative ops/cumsum"),
    "linalg": ("Linear algebra", "linalg/* ops/einsum ops/tensordot"),
    "windows": ("Windows: convolutions and pooling", "ops/window* nn/convolution/*"),
    "ops": ("Ops", "ops/* nn/random nn/xlogy"),
    "activations": ("Activations", "nn/activations/[!a]* nn/activations/activation_function"),
    "losses": ("Losses", "nn/losses/* nn/cross_entropies/*"),
    "metrics": ("Metrics", "nn/metrics/*"),
    "layers": ("Layers and models", "nn/layers/*"),
    "initializers": ("Initializers", "nn/initializers/* nn/initial_value"),
    "regularizers": ("Regularizers and constraints", "nn/regularizers nn/constraints nn/configured"),
    "schedules": ("Learning rates that change", "train/schedules/*"),
    "steps": ("Steps of training", "train/minimize train/apply_gradients train/together train/train* train/groups expr/assign"),
    "optimizers": ("Optimizers", "train/* train/optimizers/* expr/shared_options"),
    "derivatives": ("Derivatives", "transform/gradient transform/jacobian transform/batch_jacobian transform/hessian transform/jvp "
                    "transform/per_example_gradient transform/substitute transform/variables_of "
                    "transform/gauss_newton transform/sparsity transform/sparsity_pattern transform/recompute_grad "
                    "transform/gradient_error"),
    "solvers": ("Solvers of other libraries", "interop/[!ot]* interop/objective"),
    "calls": ("Calls", "expr/if_used runtime/* interop/* plan/report/* transform/explain_rewrites transform/explain_jacobian"),
    "model": ("Compile and fit", "model/* model/callbacks/*"),
    "files": ("Files", "io/*"),
}
OPTION = re.compile(r"(?:\w+_t(?:<.*>)?|word<.*>|layer_option<.*>|kept_value<.*>|enum)$", re.DOTALL)
AUXILIARY = re.compile(r"_(?:t|op|function|formula|fault|fault_of)$")
SECTION = re.compile(r"(?:^|(?<=[.:] ))(?=Derivatives?:|\*\*Fails when\*\*|Throws |Source:|@\w+ )")
INTERVALS = {"not_negative": "at least 0", "not_positive": "at most 0", "positive": "above 0", "fraction": "in [0, 1)",
             "inner_fraction": "in (0, 1)", "probability": "in [0, 1]", "natural": "0, 1, ...", "whole": "1, 2, ..."}


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
                shown = re.sub(r"^(?:\[\[[\w:]*\]\] |static |constexpr |explicit |inline |auto |bool (?!\w+\())*", "",
                               without_templates(member))
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
            calls = ["(" + ", ".join(map(argument, split(p))) + ")" for t, p in accepted if "data_like" not in t and p]
            return list(dict.fromkeys(calls)) or [""]
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


def paragraphs(comment, rules):
    return [line for part in prose(comment, rules) for line in (part, "")]


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
            if named:  # of that line a page shows what else it says
                lines[:1] = [line for line in [re.sub(r"(?:`[\w:]+`(?:, |: )?)+", "", lines[0])] if line.strip() != "//"]
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
                lines += [f"## What every {function} has in common", "", *paragraphs(types[function][0], rules)]
        body = []
        for e in listed:
            if not e.comment:
                wrong.append(f"{e.header.key}.hpp: {e.name} has no comment")
            body += [f"## {e.name}", "", "```cpp", *dict.fromkeys(e.signatures), "```", ""]
            body += paragraphs(e.comment, rules)
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
            numbers = INTERVALS.get(takes[1], "") if takes else ""
            rows.append(f"| {name} | {numbers} | {' '.join(prose(said, rules))} |".replace("|x|", r"\|x\|"))
        if rows:
            lines += ["## Options of this page", "", "| name | numbers | meaning |", "|---|---|---|", *rows, ""]
        out[page + ".md"] = "\n".join(lines)
        index += [f"**[{title}]({page}.md)**: " + ", ".join(f"[{e.name}]({page}.md#{e.name.lower().replace(':', '')})" for e in listed), ""]
        print(f"{page}: {len(listed)} names, {len(rows)} options")

    ops = ("windows", "ops", "activations", "expressions")
    where = {e.name: f"[{e.name}]({e.page}.md#{e.name})" for e in entries.values() if e.page in ops}
    primitive = []
    lists = "".join((headers / "ops" / name).read_text(encoding="utf-8") for name in ("all.hpp", "window_ops.hpp"))
    for op in re.findall(r"^    (\w+)_op\b", lists, re.MULTILINE):
        said = where.get(op) or " ".join(prose(types.get(op + "_op", ([],))[0], rules))
        if not said:
            wrong.append(f"ops/all.hpp: nothing is said of {op}_op")
        primitive.append(f"| {op} | {said} |".replace("|x|", r"\|x\|"))
    out["README.md"] = "\n".join([
        "# Reference", "",
        "Every public name: how it is called, its formula, shapes, derivative and errors, and an example that is compiled.",
        "`python3 test/reference.py --write .` writes these pages from the comments of the headers and from `test/reference`.",
        "All rules that a wrong line may break are in [errors](../errors.md), rewrites in [rewrites](../rewrites.md).", "", *index,
        "## Primitive ops", "", "What programs are made of, `all_ops` of `ops/all.hpp` and `window_ops` of `ops/window_ops.hpp`. "
        "Those without a function stand in derivatives and in what functions are made of.", "",
        "| op | what it is |", "|---|---|", *dict.fromkeys(primitive), ""])
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
