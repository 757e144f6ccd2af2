"""The inner loops: whole numbers in lists or int64 arrays, so that they run as they stand or compiled by numba.

Edges stand in rows: those of household ``i`` are ``first[i]`` up to, not including, ``first[i + 1]``;
``place[k]`` and ``value[k]`` belong to edge ``k``. ``profit`` and ``price`` are the duals u and w of
``assignment.py``, which says why these loops are right.
"""

from typing import Any

Numbers = Any
"""A list of int, or an array of whole numbers: the loops ask for nothing else."""


def bid(first: Numbers, place: Numbers, value: Numbers, profit: Numbers, price: Numbers,
        home: Numbers, guest: Numbers, queue: Numbers, most: int) -> int:  # fmt: skip
    """Each household in turn takes its best place and lifts the price until the second best is as good.

    Whoever was there queues again. Stops after ``most`` edges were looked at, for prices may climb in
    small steps. Returns how many households wait for ``augment``; they stand at the start of ``queue``.
    """
    size = len(queue)
    ahead, count, left, looked = 0, size, 0, 0
    waiting = queue.copy()
    while count > 0 and looked < most:
        i = waiting[ahead]
        ahead = (ahead + 1) % size
        count -= 1
        best, second, j, other = 0, 0, -1, -1
        for k in range(first[i], first[i + 1]):
            gain = value[k] - price[place[k]]
            if gain > best:
                best, second, j, other = gain, best, place[k], j
            elif gain > second:
                second, other = gain, place[k]
        looked += first[i + 1] - first[i]
        profit[i] = second
        if j < 0:
            continue
        if best == second and guest[j] >= 0:
            if other < 0 or guest[other] >= 0:
                queue[left] = i
                left += 1
                continue
            j = other
        before = guest[j]
        price[j] += best - second
        guest[j], home[i] = i, j
        if before >= 0:
            home[before] = -1
            waiting[(ahead + count) % size] = before
            count += 1
    for _ in range(count):
        queue[left] = waiting[ahead]
        left += 1
        ahead = (ahead + 1) % size
    return left


def augment(first: Numbers, place: Numbers, value: Numbers, profit: Numbers, price: Numbers,
            home: Numbers, guest: Numbers, queue: Numbers, many: int,
            far: Numbers, via: Numbers, heap: Numbers, heap_place: Numbers, order: Numbers,
            touched: Numbers) -> None:  # fmt: skip
    """Place each waiting household by the cheapest chain of moves, or leave it out where that is cheapest.

    A search of Dijkstra over the reduced costs ``profit + price - value``, which are never negative. A
    chain ends in a free place, or with a household (perhaps the first) that is better left out.
    ``far`` holds -1 for each place; it does so again afterwards.
    """
    for turn in range(many):
        start = queue[turn]
        best = 0
        for k in range(first[start], first[start + 1]):
            best = max(best, value[k] - price[place[k]])
        profit[start] = best
        if best == 0:
            continue
        last, out = -1, start
        seen, done, size = 0, 0, 0
        i, near = start, 0
        while True:
            for k in range(first[i], first[i + 1]):
                j = place[k]
                step = near + profit[i] + price[j] - value[k]
                if step >= best or (far[j] >= 0 and step >= far[j]):
                    continue
                if far[j] < 0:
                    touched[seen] = j
                    seen += 1
                far[j], via[j] = step, i
                o = guest[j]
                if o < 0:
                    best, last, out = step, j, -1
                    continue
                if step + profit[o] < best:
                    best, last, out = step + profit[o], j, o
                at = size  # into the heap
                size += 1
                while at > 0 and heap[(at - 1) >> 1] > step:
                    up = (at - 1) >> 1
                    heap[at], heap_place[at] = heap[up], heap_place[up]
                    at = up
                heap[at], heap_place[at] = step, j
            j = -1
            while size > 0 and j < 0 and heap[0] < best:
                near, top = heap[0], heap_place[0]
                if far[top] == near:  # else a shorter way was found since
                    j = top
                size -= 1  # out of the heap
                step, low = heap[size], heap_place[size]
                at = 0
                while 2 * at + 1 < size:
                    down = 2 * at + 1
                    if down + 1 < size and heap[down + 1] < heap[down]:
                        down += 1
                    if heap[down] >= step:
                        break
                    heap[at], heap_place[at] = heap[down], heap_place[down]
                    at = down
                heap[at], heap_place[at] = step, low
            if j < 0:
                break
            order[done] = j
            done += 1
            i = guest[j]
        profit[start] -= best
        for t in range(done):
            j = order[t]
            price[j] += best - far[j]
            profit[guest[j]] -= best - far[j]
        if last >= 0:
            if out >= 0:
                home[out] = -1
            j = last
            while j >= 0:
                i = via[j]
                left = home[i]  # -1 for the first household, where the chain began
                guest[j], home[i] = i, j
                j = left
        for t in range(seen):
            far[touched[t]] = -1


def worst(first: Numbers, place: Numbers, value: Numbers, profit: Numbers, price: Numbers) -> int:
    """The smallest slack ``profit + price - value`` of all edges, or 0 where none is below."""
    least = 0
    for i in range(len(profit)):
        for k in range(first[i], first[i + 1]):
            least = min(least, profit[i] + price[place[k]] - value[k])
    return least


def chosen(first: Numbers, place: Numbers, home: Numbers, edge: Numbers) -> None:
    """Into ``edge`` the index of the edge of each household to its home; -1 where it has none."""
    for i in range(len(home)):
        for k in range(first[i], first[i + 1]):
            if home[i] >= 0 and place[k] == home[i]:
                edge[i] = k


COMMA, NEWLINE, RETURN, QUOTE, DOT, ZERO, NINE, SPACE = 44, 10, 13, 34, 46, 48, 57, 32
IRREGULAR, FULL = -1, -2
MOST_DIGITS = 18


def scan(data: Numbers, at: int, roles: Numbers, slots: Numbers, begin: Numbers, length: Numbers,
         counts: Numbers, codes: Numbers, value: Numbers) -> int:  # fmt: skip
    """Read rows of two names and a whole number from bytes, from position ``at`` to the end.

    ``roles`` says of each of the three fields whether it is the household (0), the place (1) or the value (2).
    Names get codes in order of first appearance by hashing; ``begin`` and ``length`` say where each stands.
    Returns the number of rows; IRREGULAR where anything is not as plain as that (quotes, blanks, an empty
    name, a value that is not positive): another reader then finds out what it is; FULL where ``slots``
    are too few.
    """
    rows, end, mask = 0, len(data), slots.shape[1] - 1
    while at < end:
        for field in range(3):
            role = roles[field]
            start, code, dots, number = at, 2166136261, 0, 0
            while at < end and data[at] != COMMA and data[at] != NEWLINE:
                letter = data[at]
                if letter == RETURN and at + 1 < end and data[at + 1] == NEWLINE:
                    break
                if letter in (QUOTE, RETURN):
                    return IRREGULAR
                if role < 2:
                    code = ((code ^ letter) * 16777619) & 4294967295
                elif letter == DOT and dots == 0:
                    dots = at + 1
                elif letter < ZERO or letter > NINE or (dots > 0 and letter != ZERO):
                    return IRREGULAR
                elif dots == 0:
                    number = number * 10 + letter - ZERO
                at += 1
            size = at - start
            if size == 0 or data[start] <= SPACE or data[at - 1] <= SPACE:
                return IRREGULAR
            if at < end and data[at] == RETURN:
                at += 1
            if (at < end and data[at] == COMMA) != (field < 2):
                return IRREGULAR
            at += 1
            if role == 2:
                if number == 0 or size > MOST_DIGITS or dots == start + 1 or dots == start + size:
                    return IRREGULAR
                value[rows] = number
                continue
            slot = code & mask
            while slots[role, slot] >= 0:
                known = slots[role, slot]
                same = length[role, known] == size
                for k in range(size if same else 0):
                    if data[begin[role, known] + k] != data[start + k]:
                        same = False
                        break
                if same:
                    break
                slot = (slot + 1) & mask
            if slots[role, slot] < 0:
                if 2 * counts[role] > mask:
                    return FULL
                known = counts[role]
                slots[role, slot], begin[role, known], length[role, known] = known, start, size
                counts[role] += 1
            codes[role, rows] = slots[role, slot]
        rows += 1
    return rows


def gather(household: Numbers, target: Numbers, worth: Numbers, first: Numbers, place: Numbers,
           value: Numbers, seen: Numbers) -> int:  # fmt: skip
    """Rows in any order become edges by household; how many pairs stand there twice."""
    many = len(first) - 1
    for i in household:
        first[i + 1] += 1
    for i in range(many):
        first[i + 1] += first[i]
    for row in range(len(household)):
        at = first[household[row]]
        place[at], value[at] = target[row], worth[row]
        first[household[row]] = at + 1
    for i in range(many, 0, -1):
        first[i] = first[i - 1]
    first[0] = 0
    twice = 0
    for i in range(many):
        for k in range(first[i], first[i + 1]):
            if seen[place[k]] == i:
                twice += 1
            seen[place[k]] = i
    return twice


def suit(seekers: tuple[Numbers, ...], homes: tuple[Numbers, ...], reach: tuple[Numbers, ...],
         weights: tuple[int, ...], first: Numbers, place: Numbers, value: Numbers,
         fill: bool) -> int:  # fmt: skip  # noqa: FBT001 - numba knows no keywords
    """List which homes suit each seeker and what they are worth; returns how many pairs there are.

    First with ``fill`` false, which only counts into ``first[i + 1]``, then with room for all pairs. ``listing.py``
    says what stands in the tuples. Homes of an area stand together, the smaller ones first.
    """
    asks, has, size, anchor, radius, tongues, access, own, wish_first, wish_area = seekers
    wants, gives, beds, shared, spoken, scarce, worth, index = homes
    begin, apart = reach
    spare_bed, spare_beds, kept, same, near, near_km, language, wish = weights
    areas, count = len(begin) - 1, 0
    for i in range(len(asks)):
        for a in range(areas):
            km = -1
            if anchor[i] >= 0:
                km = apart[anchor[i]][a]
                if radius[i] >= 0 and (km < 0 or km > radius[i]):
                    continue
            here = max(0, near - near_km * km) if km >= 0 else 0
            here += same if km == 0 else 0
            for at in range(wish_first[i], wish_first[i + 1]):
                if wish_area[at] == a:
                    here += wish
            low, high = begin[a], begin[a + 1]
            while low < high:
                middle = (low + high) // 2
                if beds[middle] < size[i]:
                    low = middle + 1
                else:
                    high = middle
            for j in range(low, begin[a + 1]):
                if asks[i] & ~gives[j] or wants[j] & ~has[i]:
                    continue
                if fill:
                    spare = 0 if shared[j] else beds[j] - size[i]
                    total = own[i] + worth[j] + here + spare_bed * max(0, spare_beds - spare)
                    if access[i] or not scarce[j]:
                        total += kept
                    if tongues[i] & spoken[j]:
                        total += language
                    place[count], value[count] = index[j], total
                count += 1
        if not fill:
            first[i + 1] = count
    return count
