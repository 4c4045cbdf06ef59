# SPDX-License-Identifier: BSL-1.0
"""What the headers declare, as far as the reference needs it (reference.py): names with their comments, members, options of formulas."""

import re


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
            each = re.sub(r"chosen<(\w+)_t, (?:literal<|decltype\()(.*?)(?:_c\))?>*$", r"\1 = \2_c", each)
            each = re.sub(r'default_value<"(\w+)", (.*)>$', r"\1 = \2", each)
            each = re.sub(r"number_bits\((.*?)(?:\.0)?\)", r"\1", re.sub(r" = (?:unset|required)(?:\{\})?$", "", each))
            each = re.sub(r"literal<(.*)>\{\}", r"\1_c", re.sub(r"_t\{\}", "", each))
            each = re.sub(r"[\w:]*along\((.*)\)", r"\1", re.sub(r"axis = axis_t|axis_t", "axis", each))
            each = re.sub(r"(\w+) = std::true_type", r"\1<true>", each)
            options.append(each.replace("constant_initializer", "zeros()").replace("one_initializer", "ones()"))
        of_all = {"loss_": ["axis<-1>", "reduction = sum_over_batch_size"], "optimizer_": ["..."]}
        return options + of_all.get(found[1] if found else "", [])
