#!/usr/bin/env python3
"""A verifier of audit bundles in another language, written from docs/trail-format.md alone.

    python3 trail_verifier.py BUNDLE.zip [--policy FILE]
    python3 trail_verifier.py list FILE        a JSON list of {"bundle": ..., "policy": ...}, one verdict a line
    python3 trail_verifier.py vectors FOLDER   checks the vectors of single steps

Python's standard library only. Prints JSON: the findings, in the order in which they were made.
"""
import base64
import hashlib
import json
import re
import sys
import unicodedata
import zlib
from copy import copy
from datetime import datetime, timezone


class Stop(Exception):
    """A finding after which nothing else is looked at."""


SAFE = 2**53 - 1


def is_safe(value):
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and value == value
        and abs(value) <= SAFE
        and value == int(value)
    )


def from_base64(text):
    """Only the one form that encoding gives."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Stop('damaged')
    if base64.b64encode(data).decode() != text:
        raise Stop('damaged')
    return data


def refuse_constant(name):
    raise ValueError(name)


def read_json(text):
    return json.loads(text, parse_constant=refuse_constant)


def write_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


def text_of(data):
    return data.decode('utf-8', errors='replace')


# Section 1: entries


def sha256(*parts):
    return hashlib.sha256(b''.join(parts)).digest()


def canonical(value):
    """RFC 8785 after NFC, safe integers only."""
    if isinstance(value, str):
        value = unicodedata.normalize('NFC', value)
        value.encode('utf-8')
        return write_json(value)
    if value is None or isinstance(value, bool):
        return write_json(value)
    if isinstance(value, (int, float)):
        if not is_safe(value):
            raise ValueError('not a safe integer')
        return str(int(value))
    if isinstance(value, list):
        return '[' + ','.join(canonical(one) for one in value) + ']'
    members = {unicodedata.normalize('NFC', name): one for name, one in value.items()}
    if len(members) < len(value):
        raise ValueError('two names are the same')
    names = sorted(members, key=lambda name: name.encode('utf-16-be'))
    return '{' + ','.join(write_json(name) + ':' + canonical(members[name]) for name in names) + '}'


class Entry:
    def __init__(self, line):
        self.bytes = line
        self.leaf = sha256(b'\0', line)
        self.index = -1
        body = None
        try:
            body = read_json(line.decode('utf-8'))
        except (ValueError, RecursionError):
            pass
        self.is_entry = (
            isinstance(body, dict)
            and is_safe(body.get('v'))
            and body['v'] == 1
            and isinstance(body.get('stream'), str)
            and isinstance(body.get('prev'), str)
            and is_safe(body.get('seq'))
        )
        self.body = body if self.is_entry else {}
        self.stream = self.body.get('stream')
        self.seq = self.body.get('seq')


def read_entries(data):
    lines = data.split(b'\n')
    if lines.pop() != b'':
        raise Stop('damaged')
    return [Entry(line) for line in lines]


# Section 2: the tree


def is_included(index, size, leaf, path, root, digest=sha256):
    if index >= size or index < 0 or any(len(one) != 32 for one in path) or len(root) != 32:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            r = digest(b'\1', p, r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = digest(b'\1', r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def root_of(leaves, digest=sha256):
    if not leaves:
        return digest(b'')
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return digest(b'\1', root_of(leaves[:k], digest), root_of(leaves[k:], digest))


# Section 3: keys. Ed25519 by RFC 8032, section 5.1

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def ed_add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def ed_times(factor, point):
    result = (0, 1, 1, 0)
    while factor > 0:
        if factor & 1:
            result = ed_add(result, point)
        point = ed_add(point, point)
        factor >>= 1
    return result


def ed_equal(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def ed_point(data):
    y = int.from_bytes(data, 'little')
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - xx) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = ed_point((4 * pow(5, P - 2, P) % P).to_bytes(32, 'little'))


def is_signed_ed25519(message, key, signature):
    if len(signature) != 64:
        return False
    a, r = ed_point(key), ed_point(signature[:32])
    s = int.from_bytes(signature[32:], 'little')
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), 'little') % L
    return ed_equal(ed_times(s, BASE), ed_add(r, ed_times(h, a)))


# Section 11: SM3 (GB/T 32905) and SM2 (GB/T 32918)

WORD = 0xFFFFFFFF


def rotl(word, by):
    by %= 32
    return ((word << by) | (word >> (32 - by))) & WORD


def sm3(*parts):
    data = b''.join(parts)
    padded = data + b'\x80' + bytes((55 - len(data)) % 64) + (len(data) * 8).to_bytes(8, 'big')
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + 4 * j : start + 4 * j + 4], 'big') for j in range(16)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15)
            w.append(x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = rotl((rotl(a, 12) + e + rotl(t, j)) & WORD, 7)
            ss2 = ss1 ^ rotl(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & WORD & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & WORD
            tt2 = (gg + h + ss1 + w[j]) & WORD
            a, b, c, d = tt1, a, rotl(b, 9), c
            e, f, g, h = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17), e, rotl(f, 19), g
        state = [one ^ other for one, other in zip(state, (a, b, c, d, e, f, g, h))]
    return b''.join(word.to_bytes(4, 'big') for word in state)


SM_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM_A = SM_P - 3
SM_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM_G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)


def sm_add(one, other):
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % SM_P == 0:
            return None
        slope = (3 * one[0] * one[0] + SM_A) * pow(2 * one[1], SM_P - 2, SM_P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], SM_P - 2, SM_P)
    x = (slope * slope - one[0] - other[0]) % SM_P
    return (x, (slope * (one[0] - x) - one[1]) % SM_P)


def sm_times(factor, point):
    result = None
    while factor > 0:
        if factor & 1:
            result = sm_add(result, point)
        point = sm_add(point, point)
        factor >>= 1
    return result


def is_signed_sm2(message, key, signature):
    if len(signature) != 64 or len(key) != 64:
        return False
    x, y = int.from_bytes(key[:32], 'big'), int.from_bytes(key[32:], 'big')
    r, s = int.from_bytes(signature[:32], 'big'), int.from_bytes(signature[32:], 'big')
    if x >= SM_P or y >= SM_P or (y * y - x**3 - SM_A * x - SM_B) % SM_P != 0:
        return False
    t = (r + s) % SM_N
    if not (0 < r < SM_N and 0 < s < SM_N and t != 0):
        return False
    identity = b'1234567812345678'
    numbers = b''.join(one.to_bytes(32, 'big') for one in (SM_A, SM_B, SM_G[0], SM_G[1]))
    z = sm3((len(identity) * 8).to_bytes(2, 'big'), identity, numbers, key)
    e = int.from_bytes(sm3(z, message), 'big')
    point = sm_add(sm_times(s, SM_G), sm_times(t, (x, y)))
    return point is not None and (e + point[0]) % SM_N == r


KINDS = {
    'log': (b'\x01', 32),
    'witness': (b'\x04', 32),
    'sm': (b'\xff12345-sm2-sm3', 64),
}


class Key:
    def __init__(self, text, *kinds):
        match = re.fullmatch(r'([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)', text)
        if not match:
            raise Stop('damaged')
        self.text = text
        self.name = match[1]
        self.id = bytes.fromhex(match[2])
        typed = from_base64(match[3])
        self.kind = None
        for kind in kinds:
            prefix, length = KINDS[kind]
            if len(typed) == len(prefix) + length and typed.startswith(prefix):
                self.kind, self.key = kind, typed[len(prefix) :]
        if self.kind is None or sha256(self.name.encode() + b'\n', typed)[:4] != self.id:
            raise Stop('damaged')

    def has_signed(self, text, signature):
        check = is_signed_sm2 if self.kind == 'sm' else is_signed_ed25519
        return check(text.encode('utf-8'), self.key, signature)


# Section 5: the file of keys


class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.labels = [], [], []
        self.quorum = None
        names = {}

        def define(name, is_met):
            if name == 'none' or name in names:
                raise Stop('damaged')
            names[name] = is_met

        quorums = 0
        for raw in text.split('\n'):
            line = raw.lstrip(' \t').rstrip(' \t\r')
            if line == '' or line.startswith('#'):
                continue
            kind, *words = re.split(r'[ \t]+', line)
            if kind == 'log' and len(words) in (1, 2):
                self.logs.append(Key(words[0], 'log', 'sm'))
            elif kind == 'witness' and len(words) in (2, 3):
                key = Key(words[1], 'witness')
                self.witnesses.append(key)
                self.labels.append(words[0])
                define(words[0], lambda cosigned, text=key.text: text in cosigned)
            elif kind == 'group' and len(words) >= 3:
                members = words[2:]
                if len(set(members)) < len(members) or any(one not in names for one in members):
                    raise Stop('damaged')
                least = self.least(words[1], len(members))
                parts = [names[one] for one in members]
                define(words[0], lambda cosigned, parts=parts, least=least: sum(1 for is_met in parts if is_met(cosigned)) >= least)
            elif kind == 'quorum' and len(words) == 1:
                quorums += 1
                if words[0] != 'none':
                    if words[0] not in names:
                        raise Stop('damaged')
                    self.quorum = names[words[0]]
            else:
                raise Stop('damaged')
        if quorums != 1 or not any(key.kind == 'log' for key in self.logs):
            raise Stop('damaged')

    @staticmethod
    def least(word, members):
        if word == 'all':
            return members
        if word == 'any':
            return 1
        if not re.fullmatch(r'[0-9]+', word) or not 1 <= int(word) <= members:
            raise Stop('damaged')
        return int(word)

    @property
    def knows_sm(self):
        return any(key.kind == 'sm' for key in self.logs)

    def with_rotations(self, entries):
        """Section 12."""
        for entry in entries:
            body = entry.body
            if body.get('stream') != 'keys' or body.get('type') != 'key.rotated':
                continue
            old = next((key for key in self.logs if key.text == body.get('from')), None)
            try:
                new = Key(body['to'], old.kind)
                text = f'12345 trail key rotation v1\n{body["from"]}\n{body["to"]}\n'
                if (
                    new.name == old.name
                    and old.has_signed(text, from_base64(body['signedByOld']))
                    and new.has_signed(text, from_base64(body['signedByNew']))
                ):
                    self.logs.append(new)
            except (Stop, KeyError, TypeError, AttributeError):
                continue
        return self

    def with_predecessors(self, entries):
        """Section 12: for checkpoints from before a rotation."""
        before = copy(self)
        before.logs = list(self.logs)
        for entry in reversed(entries):
            body = entry.body
            if body.get('stream') != 'keys' or body.get('type') != 'key.rotated':
                continue
            new = next((key for key in before.logs if key.text == body.get('to')), None)
            try:
                old = Key(body['from'], new.kind)
                text = f'12345 trail key rotation v1\n{body["from"]}\n{body["to"]}\n'
                if (
                    new.name == old.name
                    and old.has_signed(text, from_base64(body['signedByOld']))
                    and new.has_signed(text, from_base64(body['signedByNew']))
                ):
                    before.logs.append(old)
            except (Stop, KeyError, TypeError, AttributeError):
                continue
        return before


# Section 4: checkpoints

NOTE = re.compile(r'(([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^ \n]+ [A-Za-z0-9+/=]+\n)+)')


class Checkpoint:
    def __init__(self, note):
        match = NOTE.fullmatch(note)
        if not match:
            raise Stop('damaged')
        self.text, self.origin = match[1], match[2]
        self.size, self.root = int(match[3]), from_base64(match[4])
        if self.size > SAFE:
            raise Stop('damaged')
        self.signatures = []
        for line in match[5].rstrip('\n').split('\n'):
            _, name, encoded = line.split(' ')
            data = from_base64(encoded)
            self.signatures.append((name, data[:4], data[4:]))
        self.cosigned = {}

    def open(self, policy, strict=False, kind='log', ask_quorum=True):
        """The instants of the witnesses, by key."""
        signers, cosigned, is_forged = set(), {}, False
        witnesses = policy.witnesses if kind == 'log' else []
        for name, key_id, signature in self.signatures:

            def is_of(key):
                return key.name == name and key.id == key_id

            log = next((key for key in policy.logs if key.kind == kind and name == self.origin and is_of(key)), None)
            witness = next((key for key in witnesses if is_of(key)), None)
            if log and log.has_signed(self.text, signature):
                signers.add(log.text)
            elif witness and self.is_cosigned(witness, signature):
                time = int.from_bytes(signature[:8], 'big')
                cosigned[witness.text] = max(time, cosigned.get(witness.text, 0))
            elif log or witness or strict:
                is_forged = True
        if is_forged:
            raise Stop('forged')
        if not signers:
            raise Stop('key-swapped')
        if ask_quorum and policy.quorum and not policy.quorum(set(cosigned)):
            raise Stop('unwitnessed')
        return cosigned

    def is_cosigned(self, witness, data):
        if len(data) != 72:
            return False
        time = int.from_bytes(data[:8], 'big')
        return witness.has_signed(f'cosignature/v1\ntime {time}\n{self.text}', data[8:])


# Section 6: proofs

PROOF = re.compile(r'c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]*)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n(.*)', re.DOTALL)


def read_proof(name, text, note, folder='proofs/'):
    match = PROOF.fullmatch(text)
    if not match or match[3] != note:
        raise Stop('damaged')
    if name != 'manifest.tlog-proof' and name != f'{folder}{match[1]}.tlog-proof':
        raise Stop('damaged')
    return int(match[1]), [from_base64(line) for line in match[2].split('\n')[:-1]]


# Section 8: the container


def unzip(data):
    files, at = {}, 0
    while data[at : at + 4] == b'PK\x03\x04' and len(data) >= at + 30:
        length = int.from_bytes(data[at + 22 : at + 26], 'little')
        start = at + 30 + int.from_bytes(data[at + 26 : at + 28], 'little')
        name = text_of(data[at + 30 : start])
        if name in files:
            raise Stop('damaged')
        files[name] = data[start : start + length]
        at = start + length
    if not files or pack(files) != data:
        raise Stop('damaged')
    return files


def pack(files):
    parts, directory, offset = [], [], 0
    for name, content in files.items():
        path = name.encode('utf-8')
        length = len(content).to_bytes(4, 'little')
        about = (
            b'\x14\x00\x00\x08\x00\x00\x00\x00\x21\x00'
            + zlib.crc32(content).to_bytes(4, 'little')
            + length
            + length
            + len(path).to_bytes(2, 'little')
            + b'\x00\x00'
        )
        parts += [b'PK\x03\x04', about, path, content]
        directory += [b'PK\x01\x02\x14\x00', about, bytes(10), offset.to_bytes(4, 'little'), path]
        offset += 30 + len(path) + len(content)
    listed = b''.join(directory)
    count = len(files).to_bytes(2, 'little')
    end = b'PK\x05\x06' + bytes(4) + count + count + len(listed).to_bytes(4, 'little') + offset.to_bytes(4, 'little')
    return b''.join(parts) + listed + end + bytes(2)


KNOWN = re.compile(
    r'README\.txt|case-files\.jsonl|policy|checkpoint|entries\.jsonl|manifest\.json|manifest\.tlog-proof'
    r'|manifest-streams\.jsonl|witnessed/[0-9]+\.note|sm/checkpoint|(sm/)?proofs/[0-9]+\.tlog-proof'
    r'|processes/[^/]+\.(?:bpmn|dmn)|regulation/[^/]+|verifier/[a-z0-9-]+\.(mjs|html)'
)


# Section 13: the verdict


def seconds(instant):
    try:
        return datetime.fromisoformat(instant.replace('Z', '+00:00')).astimezone(timezone.utc).timestamp()
    except (ValueError, AttributeError):
        return None


def verify(data, own_policy=None):
    files = unzip(data)
    for name in ('entries.jsonl', 'checkpoint', 'policy'):
        if name not in files:
            raise Stop('damaged')
    entries = read_entries(files['entries.jsonl'])
    inside = Policy(text_of(files['policy']))
    if any(key.name != label for key, label in zip(inside.witnesses, inside.labels)):
        raise Stop('damaged')
    own = Policy(own_policy).with_rotations(entries) if own_policy is not None else None
    note = text_of(files['checkpoint'])
    checkpoint = Checkpoint(note)
    checkpoint.open(inside, strict=True)
    if own:
        checkpoint.open(own)
    before = own.with_predecessors(entries) if own else None
    witnessed = []
    for name in files:
        if name.startswith('witnessed/'):
            earlier = Checkpoint(text_of(files[name]))
            cosigned = earlier.open(inside, strict=True, ask_quorum=False)
            if name != f'witnessed/{earlier.size}.note' or not cosigned:
                raise Stop('damaged')
            if before:
                cosigned = earlier.open(before, ask_quorum=False)
            if cosigned:
                witnessed.append((earlier.size, max(cosigned.values())))
    proofs = [read_proof(name, text_of(files[name]), note) for name in files if name.startswith('proofs/')]
    for entry, (index, _) in zip(entries, proofs):
        entry.index = index
    found = []
    found += inserted(entries, witnessed)
    found += against_manifest(files, entries, checkpoint, note)
    found += case_files(files, entries)
    found += second_tree(files, entries, inside, own)
    found += of_entries(entries, proofs, checkpoint)
    found += diagrams(files, entries)
    found += regulation(files, entries)
    found += ['damaged' for name in files if not KNOWN.fullmatch(name)]
    return found


TOLERANCE = 300


def inserted(entries, witnessed):
    found = []
    for entry in entries:
        times = [time for size, time in witnessed if size <= entry.index]
        if not times:
            continue

        def is_before(instant):
            time = seconds(instant)
            return time is not None and time < max(times) - TOLERANCE

        if is_before(entry.body.get('at')):
            recorded = entry.body.get('recordedAt')
            if not isinstance(recorded, str) or is_before(recorded):
                found.append('inserted')
    return found


MANIFEST = ('manifest.json', 'manifest.tlog-proof', 'manifest-streams.jsonl')


def against_manifest(files, entries, checkpoint, note):
    present = [name for name in MANIFEST if name in files]
    if not present:
        return []
    if len(present) < 3:
        raise Stop('damaged')
    (entry,) = read_entries(files['manifest.json'] + b'\n') if b'\n' not in files['manifest.json'] else (None,)
    body = entry.body if entry else {}
    if not (
        body.get('type') == 'trail.manifest'
        and body.get('stream') == 'manifest'
        and is_safe(body.get('size'))
        and is_safe(body.get('streams'))
        and isinstance(body.get('root'), str)
        and re.fullmatch('[0-9a-f]{64}', body['root'])
        and is_safe(body.get('forked', 0))
        and is_unaccounted(body.get('unaccounted', []))
    ):
        raise Stop('damaged')
    index, path = read_proof('manifest.tlog-proof', text_of(files['manifest.tlog-proof']), note)
    if not is_included(index, checkpoint.size, entry.leaf, path, checkpoint.root) or index < body['size']:
        return ['edited']
    chains = {}
    for one in entries:
        chains.setdefault(one.stream, []).append(one)
    claims = {}
    lines = text_of(files['manifest-streams.jsonl']).split('\n')
    if lines.pop() != '':
        raise Stop('damaged')
    for line in lines:
        claim = read_json(line)
        if not isinstance(claim, dict) or write_json(claim) != line or claim.get('stream') in claims:
            raise Stop('damaged')
        claims[claim.get('stream')] = claim
    if set(claims) != set(chains):
        raise Stop('damaged')
    found = []
    for stream, own in chains.items():
        claim = claims[stream]
        length = absent(claim, body) if claim.get('length') == 0 else listed(claim, body)
        found += chain_against(own, length, claim.get('head'), body['size'])
    if 'forked' in body:
        found.append('rewritten')
    found += [one['why'] for one in body.get('unaccounted', []) if one['stream'] in chains]
    return found


WHYS = ('case-cut', 'edited', 'inserted', 'head-moved', 'passed-over')


def is_unaccounted(said):
    return isinstance(said, list) and all(
        isinstance(one, dict)
        and isinstance(one.get('stream'), str)
        and is_safe(one.get('seq'))
        and one.get('why') in WHYS
        for one in said
    )


def listed(claim, manifest):
    """Whether the manifest's tree has this chain."""
    try:
        if not (isinstance(claim['stream'], str) and isinstance(claim['head'], str) and is_safe(claim['length'])):
            raise Stop('damaged')
        path = [from_base64(one) for one in claim['proof']]
        text = write_json([claim['stream'], claim['length'], claim['head']])
        leaf = sha256(b'\0', text.encode('utf-8'))
        root = bytes.fromhex(manifest['root'])
        is_listed = is_safe(claim['position']) and is_included(
            claim['position'], manifest['streams'], leaf, path, root
        )
    except (KeyError, TypeError):
        raise Stop('damaged')
    if not is_listed:
        raise Stop('unproved')
    return claim['length']


def absent(claim, manifest):
    before, after = claim.get('before'), claim.get('after')
    for neighbour in (before, after):
        if neighbour is not None:
            listed(neighbour, manifest)
    left = before['position'] if before else -1
    right = after['position'] if after else manifest['streams']
    name = claim['stream'].encode('utf-8')
    if (
        right != left + 1
        or (before and not before['stream'].encode('utf-8') < name)
        or (after and not name < after['stream'].encode('utf-8'))
    ):
        raise Stop('unproved')
    return 0


def chain_against(entries, length, head, size):
    last = next((one for one in entries if one.seq == length), None)
    if length > 0 and last is None:
        return ['case-cut']
    if last is not None and last.leaf.hex() != head:
        return ['rechained']
    if any((one.index < size) != (one.seq <= length) for one in entries):
        return ['inserted']
    return []


def case_files(files, entries):
    expected = {}
    for stream in dict.fromkeys(one.stream for one in entries if one.body.get('process') == 'accountability'):
        own = [one for one in entries if one.stream == stream]
        noted = set()
        for one in own:
            computed = one.body.get('computed')
            noted.update((computed.get('supervisionEvidence') or []) if isinstance(computed, dict) else [])

        def proved(some):
            return [{'seq': one.seq, 'proof': f'proofs/{one.index}.tlog-proof'} for one in some]

        expected[stream] = {
            'case': stream,
            'evidence': proved([one for one in own if one.seq in noted]),
            'steps': proved([one for one in own if one.body.get('process') == 'accountability']),
        }
    if 'case-files.jsonl' not in files:
        return []
    lines = text_of(files['case-files.jsonl']).split('\n')
    if lines.pop() != '':
        raise Stop('damaged')
    found, seen = [], set()
    for line in lines:
        try:
            said = read_json(line)
        except ValueError:
            raise Stop('damaged')
        said = said if isinstance(said, dict) else {}
        stream, pending = said.get('case'), said.get('pending')
        is_same = (
            stream in expected
            and stream not in seen
            and is_safe(pending)
            and pending >= 0
            and line == write_json({**expected[stream], 'pending': pending})
        )
        seen.add(stream)
        if not is_same:
            found.append('case-file-changed')
    return found + ['case-file-changed' for stream in expected if stream not in seen]


def second_tree(files, entries, inside, own):
    names = [name for name in files if name.startswith('sm/proofs/')]
    if 'sm/checkpoint' not in files:
        if names or inside.knows_sm:
            raise Stop('damaged')
        return ['unproved'] if own and own.knows_sm else []
    note = text_of(files['sm/checkpoint'])
    checkpoint = Checkpoint(note)
    checkpoint.open(inside, strict=True, kind='sm', ask_quorum=False)
    if own and own.knows_sm:
        checkpoint.open(own, kind='sm', ask_quorum=False)
    proofs = [read_proof(name, text_of(files[name]), note, 'sm/proofs/') for name in names]
    if len(proofs) != len(entries):
        raise Stop('damaged')
    found = []
    for entry, (index, path) in zip(entries, proofs):
        leaf = sm3(b'\0', entry.bytes)
        if index != entry.index or not is_included(index, checkpoint.size, leaf, path, checkpoint.root, sm3):
            found.append('edited')
    return found


def chain_findings(entries):
    """At most one for each entry, by its place in the file."""
    found, heads, gaps = {}, {}, {}
    for at, entry in enumerate(entries):
        if not entry.is_entry:
            found[at] = 'edited'
            continue
        seq, leaf = heads.get(entry.stream, (0, bytes(32)))
        if entry.seq <= seq:
            gap = gaps.get((entry.stream, entry.seq))
            if gap is not None:
                found[gap] = 'reordered'
            found[at] = 'reordered'
            continue
        if entry.seq > seq + 1:
            gaps[(entry.stream, seq + 1)] = at
            found[at] = 'deleted'
        elif entry.body['prev'] != leaf.hex():
            found[at] = 'edited'
        heads[entry.stream] = (entry.seq, entry.leaf)
    return found


def of_entries(entries, proofs, checkpoint):
    if len(proofs) != len(entries):
        return ['deleted' if len(proofs) > len(entries) else 'unproved']
    chain = chain_findings(entries)

    def is_proved(entry, proof):
        return is_included(proof[0], checkpoint.size, entry.leaf, proof[1], checkpoint.root)

    holds = [is_proved(entry, proof) for entry, proof in zip(entries, proofs)]
    few = holds.count(False) <= 300
    found, anew = [], set()
    for at, entry in enumerate(entries):
        if holds[at]:
            if at in chain:
                found.append(chain[at])
            if at > 0 and proofs[at][0] <= proofs[at - 1][0]:
                found.append('reordered')
            continue
        following = next(
            (
                place
                for place, one in enumerate(entries)
                if entry.is_entry and one.stream == entry.stream and one.seq == entry.seq + 1
            ),
            None,
        )
        if few and any(is_proved(entry, proof) for proof in proofs):
            found.append('reordered')
        elif chain.get(at) == 'deleted':
            found.append('deleted')
        elif at not in chain and (
            entry.stream in anew or (following is not None and following not in chain and not holds[following])
        ):
            anew.add(entry.stream)
            found.append('rechained')
        else:
            found.append('edited')
    return found


def number_text(value):
    return str(int(value)) if is_safe(value) else str(value)


def diagrams(files, entries):
    deployed, ran = {}, {}
    for entry in entries:
        body = entry.body
        if body.get('type') == 'definition.deployed':
            deployed[f'{body.get("key")}-{number_text(body.get("version"))}'] = body.get('sha256')
        elif 'process' in body:
            ran[f'{body["process"]}-{number_text(body.get("version"))}.bpmn'] = True
        decisions = body.get('decisions')
        for one in decisions if isinstance(decisions, list) else []:
            if isinstance(one, dict) and isinstance(one.get('decision'), str):
                ran[f'{one["decision"]}-{number_text(one.get("version"))}.dmn'] = True
    found = []
    for name in ran:
        file = files.get(f'processes/{name}')
        version = re.sub(r'\.\w+$', '', name)
        if file is None:
            found.append('diagram-changed')
        elif version not in deployed:
            found.append('unproved')
        elif sha256(file).hex() != deployed[version]:
            found.append('diagram-changed')
    for path in files:
        match = re.fullmatch(r'processes/(.*)', path, re.DOTALL)
        if match and match[1] not in ran:
            found.append('damaged')
    return found


def regulation(files, entries):
    recorded = {
        entry.body.get('file'): entry.body.get('sha256')
        for entry in entries
        if entry.stream in ('policies', 'regulation')
    }
    return [
        'regulation-changed'
        for name in files
        if name.startswith('regulation/') and recorded.get(name[11:]) != sha256(files[name]).hex()
    ]


def verdict(data, own_policy):
    try:
        return verify(data, own_policy)
    except Stop as stop:
        return [str(stop)]
    except (ValueError, RecursionError):
        return ['damaged']


def verdict_of_files(bundle, policy):
    own = None
    if policy is not None:
        with open(policy, encoding='utf-8', newline='') as file:
            own = file.read()
    with open(bundle, 'rb') as file:
        found = verdict(file.read(), own)
    only_damage = all(one == 'damaged' for one in found)
    state = 'genuine' if not found else 'damaged' if only_damage else 'not-genuine'
    return {'state': state, 'findings': found}


def main(arguments):
    if arguments[0] == 'list':
        with open(arguments[1], encoding='utf-8') as file:
            for asked in json.load(file):
                print(json.dumps(verdict_of_files(asked['bundle'], asked.get('policy'))))
        return 0
    if arguments[0] == 'vectors':
        wrong = check_vectors(arguments[1])
        print(json.dumps({'wrong': wrong}))
        return 1 if wrong else 0
    policy = arguments[arguments.index('--policy') + 1] if '--policy' in arguments else None
    said = verdict_of_files(arguments[0], policy)
    print(json.dumps(said))
    return {'genuine': 0, 'not-genuine': 1, 'damaged': 3}[said['state']]


# The vectors of single steps


def check_vectors(folder):
    def vector(name):
        with open(f'{folder}/{name}', encoding='utf-8') as file:
            return json.load(file)

    wrong = []

    def expect(what, is_right):
        if not is_right:
            wrong.append(what)

    prev = bytes(32)
    for number, one in enumerate(vector('entries.json'), 1):
        common = {'v': 1, 'stream': '例', 'seq': number, 'prev': prev.hex(), 'type': 'task.completed', 'at': '2026-03-02T02:00:00.000Z'}
        body = canonical({**one['content'], **common}).encode('utf-8')
        expect(f'body {number}', body.hex() == one['bytes'] and body.decode('utf-8') == one['body'])
        prev = sha256(b'\0', body)
        expect(f'leaf {number}', prev.hex() == one['leaf'])
    for name, digest in (('sha256', sha256), ('sm3', sm3)):
        trees = vector('trees.json')[name]
        leaves = [digest(b'\0', bytes([at])) for at in range(9)]
        expect(f'{name}: empty', trees['empty'] == root_of([], digest).hex())
        for one in trees['roots']:
            expect(f'{name}: root of {one["size"]}', one['root'] == root_of(leaves[: one['size']], digest).hex())
        for one in trees['inclusion']:
            path = [bytes.fromhex(each) for each in one['proof']]
            claim = (one['index'], one['size'], bytes.fromhex(one['leaf']), path, bytes.fromhex(one['root']), digest)
            expect(f'{name}: leaf {one["index"]} of {one["size"]}', is_included(*claim))
            expect(f'{name}: leaf of another place', one['size'] == 1 or not is_included(one['index'] ^ 1, *claim[1:]))
    manifest = vector('manifest.json')
    for one in manifest['streams']:
        text = write_json([one['stream'], one['length'], one['head']])
        expect(f'leaf of {one["stream"]}', text == one['text'] and sha256(b'\0', text.encode('utf-8')).hex() == one['leaf'])
    expect('manifest', root_of([bytes.fromhex(one['leaf']) for one in manifest['streams']]).hex() == manifest['root'])
    keys = vector('keys.json')
    logs = [Key(one['vkey'], 'log') for one in keys['logs']]
    Key(keys['sm']['vkey'], 'sm')
    Key(keys['witness']['vkey'], 'witness')
    said = keys['signature']
    signed = [key.has_signed(said['message'], from_base64(said['signature'])) for key in logs]
    expect('signature', signed == [key.text == said['by'] for key in logs])
    rotation = keys['rotation']
    expect('rotation, old', logs[0].has_signed(rotation['text'], from_base64(rotation['signedByOld'])))
    expect('rotation, new', logs[1].has_signed(rotation['text'], from_base64(rotation['signedByNew'])))
    sealed = vector('sealed.json')
    for one in sealed['values']:
        text = unicodedata.normalize('NFC', one['text']).encode('utf-8')
        expect(one['name'], sha256(bytes.fromhex(sealed['salt']), text).hex() == one['digest'])
    with open(f'{folder}/log/entries.jsonl', 'rb') as file:
        entries = read_entries(file.read())
    with open(f'{folder}/log/checkpoint', encoding='utf-8') as file:
        checkpoint = Checkpoint(file.read())
    expect('log', root_of([one.leaf for one in entries]) == checkpoint.root and checkpoint.size == len(entries))
    return wrong


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
