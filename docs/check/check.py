#!/usr/bin/env python3
"""Independent check of what 加梯一键通 publishes. Python 3.8 or newer, nothing to install.
    python3 check.py FILE [--head XXXX-XXXX-XXXX-XXXX] [--key HEX]

Reads jiati-consultation/1 (counts it), jiati-result/1, jiati-recount/1 and jiati-log/1 (check them); one line of JSON
per document, exit status 0 if all hold, 1 if one does not. Shares no code with the portal. RFC 8785, 8032, 9162.
"""
import hashlib
import json
import sys
from fractions import Fraction

# --- Ed25519 (RFC 8032, 5.1.7), verification only ---
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)

def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, d - c, d + c, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P

def multiply(scalar, point):
    product = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            product = add(product, point)
        point, scalar = add(point, point), scalar >> 1
    return product

def point_of(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed_by(key, message, signature):
    try:
        a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(k, a))
    return s < L and (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0

# --- Canonical JSON (RFC 8785; the documents hold whole numbers only), hashes, Merkle tree (RFC 9162) ---
def canonical(value):
    if isinstance(value, dict):
        members = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)

def sha(*parts):
    return hashlib.sha256(b"".join(p.encode() if isinstance(p, str) else p for p in parts)).digest()

def root(leaves):
    if len(leaves) < 2:
        return sha(b"\0", leaves[0]) if leaves else sha()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:half]), root(leaves[half:]))

def root_of(domain, rows):
    opened = [({k: v for k, v in row.items() if k != "salt"}, bytes.fromhex(row["salt"])) for row in rows]
    return root(sorted(sha(domain, "\0", salt, canonical(row)) for row, salt in opened)).hex()

def printed(head):
    bits = int(head[:20], 16)
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> 5 * i & 31] for i in range(15, -1, -1))

def typed(head):
    return head.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")

# --- Counting: Civil Code art. 278; areas in hundredths of a square metre ---
RULES = {
    "cn-sh-intent": (None, None, "roll", "2/3", None, False),
    "cn-civil-278-major": ("2/3", "2/3", "participants", "3/4", "3/4", False),
    "cn-civil-278-ordinary": ("2/3", "2/3", "participants", "1/2", "1/2", True),
    "cn-sh-2019-stairwell": (None, None, "roll", "2/3", "2/3", False),
}

def rule_of(ruleset):
    if isinstance(ruleset, str):
        return RULES[ruleset]
    quorum, approval = ruleset["quorum"] or {"heads": None, "area": None}, ruleset["approval"]
    return quorum["heads"], quorum["area"], approval["of"], approval["heads"], approval["area"], approval["strict"]

def hundredths(area):
    whole, _, rest = area.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))

def counting(ballots):
    newest = {}
    for b in ballots:
        if "void" not in b and b["seq"] > newest.get(b["unit"], {"seq": 0})["seq"]:
            newest[b["unit"]] = b
    return newest

def tally(file):
    quorum_heads, quorum_area, of, heads_need, area_need, strict = rule_of(file["ruleset"])
    choice = {unit: ballot["choice"] for unit, ballot in counting(file["ballots"]).items()}
    said, area = {}, {"agree": 0, "oppose": 0, "abstain": 0, None: 0}
    for row in file["roll"]:
        own = choice.get(row["unit"])
        said.setdefault(row["voter"], set()).update([own] if own else [])
        area[own] += hundredths(row["area"])
    part = [kinds for kinds in said.values() if kinds]
    heads = {name: sum(kinds == {name} for kinds in part) for name in ("agree", "oppose", "abstain")}
    total = sum(area.values())
    standing = {"heads": (len(said), len(part), heads["agree"]), "area": (total, total - area[None], area["agree"])}
    tests = []
    for kind, needs in (("quorum", (quorum_heads, quorum_area)), ("approval", (heads_need, area_need))):
        for measure, need in zip(("heads", "area"), needs):
            if need is None:
                continue
            on_roll, took_part, agreed = standing[measure]
            have, base = (took_part, on_roll) if kind == "quorum" else (agreed, on_roll if of == "roll" else took_part)
            sharp = strict and kind == "approval"
            met = base > 0 and (have > base * Fraction(need) if sharp else have >= base * Fraction(need))
            tests.append({"test": f"{kind}-{measure}", "need": need, "strict": sharp, "met": met})
    figures = {"roll": len(said), "participated": len(part), "agree": heads["agree"]}
    areas = {name: f"{n // 100}.{n % 100:02}" for name, n in zip(("roll", "participated", "agree"), standing["area"])}
    return {"passed": all(t["met"] for t in tests), "heads": figures, "tests": tests}, areas, {**heads, "split": len(part) - sum(heads.values())}

def rows(items, *names):
    return sorted(canonical({name: item[name] for name in names or item}) for item in items)

# --- The documents ---
def check_result(result, known):
    body = {name: value for name, value in result.items() if name != "signature"}
    if not signed_by(bytes.fromhex(result["key"]), canonical(body).encode(), bytes.fromhex(result["signature"])):
        return "signature_bad"
    if known.get("key", result["key"]).lower() != result["key"]:
        return "other_key"
    return None if typed(known.get("head", printed(result["log"]["head"]))) == printed(result["log"]["head"]) else "head_differs"

def check_recount(document, known):
    result, file = document["result"], document["consultation"]
    cast = [{name: b[name] for name in ("unit", "seq", "choice", "channel")} for b in sorted(file["ballots"], key=lambda b: b["seq"])]
    counted = tally({**file, "ruleset": {"quorum": result["ruleset"]["quorum"], "approval": result["ruleset"]["approval"]}})[0]
    faults = {
        "roll_root_differs": root_of("jiati-roll-leaf/1", document["roll"]) != result["rollRoot"],
        "ballot_root_differs": root_of("jiati-ballot-leaf/1", document["ballots"]) != result["ballotRoot"],
        "roll_differs": rows(file["roll"]) != rows(document["roll"], "unit", "voter", "area"),
        "cast_differ": sha("jiati-cast/1\0", bytes.fromhex(document["castSalt"]), canonical(cast)).hex() != result["castCommitment"],
        "ballots_differ": rows(counting(file["ballots"]).values(), "unit", "seq", "choice") != rows(document["ballots"], "unit", "seq", "choice"),
        "result_differs": counted != {name: result[name] for name in ("passed", "heads", "tests")},
    }
    return check_result(result, known) or next((code for code, found in faults.items() if found), None)

def check_log(document, known):
    previous, hashes = "0" * 64, []
    for number, entry in enumerate(document["entries"], 1):
        names = ("seq", "at", "actor", "verb", "subject", "commitment", "previous")
        text = canonical({"stairwell": document["stairwell"], **{name: entry[name] for name in names}})
        if entry["seq"] != number or entry["previous"] != previous or sha("jiati-log-entry/1\0", text).hex() != entry["hash"]:
            return f"entry {number} broken"
        if ("salt" in entry) != ("content" in entry):
            return f"entry {number} half open"
        if "salt" in entry and sha("jiati-log-content/1\0", bytes.fromhex(entry["salt"]), canonical(entry["content"])).hex() != entry["commitment"]:
            return f"content {number} changed"
        previous = entry["hash"]
        hashes.append(printed(previous))
    if document["head"] != previous:
        return "head_differs"
    return "head_not_found" if "head" in known and typed(known["head"]) not in hashes else None

CHECKS = {"jiati-result/1": check_result, "jiati-recount/1": check_recount, "jiati-log/1": check_log}

def check(document, known):
    if document.get("format") == "jiati-consultation/1":
        result, areas, heads = tally(document)
        return {"ok": True, **result, "area": areas, "choices": heads}
    fault = CHECKS[document["format"]](document, known)
    return {"ok": fault is None, **({"code": fault} if fault else {})}

if __name__ == "__main__":
    options = dict(zip([a.lstrip("-") for a in sys.argv[2::2]], sys.argv[3::2]))
    with open(sys.argv[1], encoding="utf-8") as source:
        content = json.load(source)
    ok = True
    for one in content if isinstance(content, list) else [content]:
        try:
            answer = check(one, options)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            answer = {"ok": False, "code": f"malformed: {error!r}"}
        print(json.dumps(answer, ensure_ascii=False))
        ok = ok and answer["ok"]
    sys.exit(0 if ok else 1)
