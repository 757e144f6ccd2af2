"""The inner loops of ``recut.py``: one household or one slot more or less in an exact assignment, and back again.

A state is ``profit``, ``edge`` and ``at`` (slot, -1 for none) of each household, and ``price``, ``guest`` and
``room`` of each slot (room 0: there is none). Slots of place j are ``start[j]`` up to ``start[j + 1]``; its edges are
``by[begin[j]]`` up to ``by[begin[j + 1]]``. As in ``assignment.py``, profit + price >= value on every edge into a slot
that is large enough, with equality where the household is, and whoever is left over has 0, but for those who are still
being looked after. When nobody is, the plan over these slots is a best one.

``settle`` is ``kernels.augment`` over slots; ``fill`` is the same seen from a slot. Whatever is changed is written down
before, so that ``undo`` gives back the state as it was.
"""

from perron.matching.kernels import Numbers


def settle(i: int, edges: tuple[Numbers, ...], state: tuple[Numbers, ...], work: tuple[Numbers, ...],
           journal: tuple[Numbers, ...]) -> None:  # fmt: skip
    """Give household ``i``, who is nowhere, the cheapest chain of moves, or leave out who loses least by it."""
    first, place, value, size, start, owner = edges[:6]
    profit, edge, at, price, guest, room = state
    far, via, heap, heap_node, order, touched = work
    who, who_old, slot, slot_old, top = journal
    best = 0
    for k in range(first[i], first[i + 1]):
        for t in range(start[place[k]], start[place[k] + 1]):
            if room[t] >= size[i]:
                best = max(best, value[k] - price[t])
    n = top[0]
    who[n], who_old[n, 0], who_old[n, 1], who_old[n, 2] = i, profit[i], edge[i], at[i]
    top[0] += 1
    profit[i] = best
    if best == 0:
        return
    last, out, begun, whole = -1, i, i, best
    seen, done, count, near = 0, 0, 0, 0
    while True:
        for k in range(first[i], first[i + 1]):
            level = near + profit[i] - value[k]
            for t in range(start[place[k]], start[place[k] + 1]):
                step = level + price[t]
                if room[t] < size[i] or step >= best or (far[t] >= 0 and step >= far[t]):
                    continue
                if far[t] < 0:
                    touched[seen] = t
                    seen += 1
                far[t], via[t] = step, k
                o = guest[t]
                if o < 0:
                    best, last, out = step, t, -1
                    continue
                if step + profit[o] < best:
                    best, last, out = step + profit[o], t, o
                p = count
                count += 1
                while p > 0 and heap[(p - 1) >> 1] > step:
                    heap[p], heap_node[p] = heap[(p - 1) >> 1], heap_node[(p - 1) >> 1]
                    p = (p - 1) >> 1
                heap[p], heap_node[p] = step, t
        t = -1
        while count > 0 and t < 0 and heap[0] < best:
            near = heap[0]
            if far[heap_node[0]] == near:
                t = heap_node[0]
            count -= 1
            step, low, p = heap[count], heap_node[count], 0
            while 2 * p + 1 < count:
                down = 2 * p + 1
                if down + 1 < count and heap[down + 1] < heap[down]:
                    down += 1
                if heap[down] >= step:
                    break
                heap[p], heap_node[p] = heap[down], heap_node[down]
                p = down
            heap[p], heap_node[p] = step, low
        if t < 0:
            break
        order[done] = t
        done += 1
        i = guest[t]
    profit[begun] = whole - best
    for d in range(done + 1):
        if d == done and last < 0:
            break
        t = last if d == done else order[d]
        n = top[1]
        slot[n], slot_old[n, 0], slot_old[n, 1], slot_old[n, 2] = t, price[t], guest[t], room[t]
        o, n = guest[t], top[0]
        top[1] += 1
        if o >= 0:
            who[n], who_old[n, 0], who_old[n, 1], who_old[n, 2] = o, profit[o], edge[o], at[o]
            top[0] += 1
        if d < done:
            price[t] += best - far[t]
            profit[o] -= best - far[t]
    if last >= 0:
        if out >= 0:
            at[out], edge[out], profit[out] = -1, -1, 0
        t = last
        while t >= 0:
            k = via[t]
            i = owner[k]
            left = at[i]
            guest[t], at[i], edge[i] = i, t, k
            t = left
    for d in range(seen):
        far[touched[d]] = -1


def fill(t: int, edges: tuple[Numbers, ...], state: tuple[Numbers, ...], work: tuple[Numbers, ...],
         journal: tuple[Numbers, ...]) -> None:  # fmt: skip
    """Give slot ``t``, which is empty and has no price, the chain of moves that gains most, or leave it empty."""
    _, _, value, size, _, owner, begin, by, where = edges
    profit, edge, at, price, guest, room = state
    far, via, heap, heap_node, order, touched = work
    who, who_old, slot, slot_old, top = journal
    best = 0
    for b in range(begin[where[t]], begin[where[t] + 1]):
        if size[owner[by[b]]] <= room[t]:
            best = max(best, value[by[b]] - profit[owner[by[b]]])
    n = top[1]
    slot[n], slot_old[n, 0], slot_old[n, 1], slot_old[n, 2] = t, price[t], guest[t], room[t]
    top[1] += 1
    price[t] = best
    if best == 0:
        return
    last, freed, begun, whole = -1, t, t, best
    seen, done, count, near = 0, 0, 0, 0
    while True:
        level = near + price[t]
        for b in range(begin[where[t]], begin[where[t] + 1]):
            k = by[b]
            h = owner[k]
            step = level + profit[h] - value[k]
            if size[h] > room[t] or step >= best or (far[h] >= 0 and step >= far[h]):
                continue
            if far[h] < 0:
                touched[seen] = h
                seen += 1
            far[h], via[h, 0], via[h, 1] = step, k, t
            s = at[h]
            if s < 0:
                best, last, freed = step, h, -1
                continue
            if step + price[s] < best:
                best, last, freed = step + price[s], h, s
            p = count
            count += 1
            while p > 0 and heap[(p - 1) >> 1] > step:
                heap[p], heap_node[p] = heap[(p - 1) >> 1], heap_node[(p - 1) >> 1]
                p = (p - 1) >> 1
            heap[p], heap_node[p] = step, h
        h = -1
        while count > 0 and h < 0 and heap[0] < best:
            near = heap[0]
            if far[heap_node[0]] == near:
                h = heap_node[0]
            count -= 1
            step, low, p = heap[count], heap_node[count], 0
            while 2 * p + 1 < count:
                down = 2 * p + 1
                if down + 1 < count and heap[down + 1] < heap[down]:
                    down += 1
                if heap[down] >= step:
                    break
                heap[p], heap_node[p] = heap[down], heap_node[down]
                p = down
            heap[p], heap_node[p] = step, low
        if h < 0:
            break
        order[done] = h
        done += 1
        t = at[h]
    price[begun] = whole - best
    for d in range(done + 1):
        if d == done and last < 0:
            break
        h = last if d == done else order[d]
        n, s = top[0], at[h]
        who[n], who_old[n, 0], who_old[n, 1], who_old[n, 2] = h, profit[h], edge[h], at[h]
        top[0] += 1
        if s >= 0:
            n = top[1]
            slot[n], slot_old[n, 0], slot_old[n, 1], slot_old[n, 2] = s, price[s], guest[s], room[s]
            top[1] += 1
        if d < done:
            profit[h] += best - far[h]
            price[s] -= best - far[h]
    if last >= 0:
        if freed >= 0:
            guest[freed], price[freed] = -1, 0
        h = last
        while h >= 0:
            t = via[h, 1]
            left = guest[t] if t != begun else -1
            guest[t], at[h], edge[h] = h, t, via[h, 0]
            h = left
    for d in range(seen):
        far[touched[d]] = -1


def undo(area: Numbers, use: Numbers, size: Numbers, state: tuple[Numbers, ...],
         journal: tuple[Numbers, ...]) -> None:  # fmt: skip
    """The state, and the use of the bands that ``gain`` counted, as they were when the journal was empty."""
    profit, edge, at, price, guest, room = state
    who, who_old, slot, slot_old, top = journal
    for n in range(top[0] - 1, -1, -1):
        i = who[n]
        if edge[i] >= 0:
            use[area[edge[i]]] -= size[i]
        profit[i], edge[i], at[i] = who_old[n, 0], who_old[n, 1], who_old[n, 2]
        if edge[i] >= 0:
            use[area[edge[i]]] += size[i]
    for n in range(top[1] - 1, -1, -1):
        t = slot[n]
        price[t], guest[t], room[t] = slot_old[n, 0], slot_old[n, 1], slot_old[n, 2]
    top[0], top[1] = 0, 0


def gain(goal: Numbers, area: Numbers, bands: tuple[Numbers, ...], size: Numbers, edge: Numbers,
         journal: tuple[Numbers, ...], penalty: int, too_many: int) -> int:  # fmt: skip
    """What the plan is worth more than when the journal was empty; ``too_many`` is lost for each person too many.

    The use of the bands is counted anew.
    """
    low, high, use, seen = bands
    who, who_old, _, _, top = journal
    more = 0
    for n in range(top[0]):
        i = who[n]
        if seen[i] == 0:
            seen[i] = 1
            for k, sign in ((who_old[n, 1], -1), (edge[i], 1)):
                if k >= 0:
                    a = area[k]
                    more += sign * goal[k]
                    more += penalty * max(0, low[a] - use[a]) + too_many * max(0, use[a] - high[a])
                    use[a] += sign * size[i]
                    more -= penalty * max(0, low[a] - use[a]) + too_many * max(0, use[a] - high[a])
    for n in range(top[0]):
        seen[who[n]] = 0
    return more


def hopes(j: int, edges: tuple[Numbers, ...], profit: Numbers, best: Numbers, ways: Numbers,
          hope: Numbers) -> None:  # fmt: skip
    """Into ``hope`` the most that place j can be worth, cut in each of ``ways`` (how many slots of each size).

    The prices of the others stay; so no plan in which only this place is cut anew gains more than hope says.
    """
    _, _, value, size, _, owner, begin, by, _ = edges
    many = best.shape[1] - 1
    best[:] = 0
    for b in range(begin[j], begin[j + 1]):
        h = owner[by[b]]
        if size[h] >= best.shape[0]:
            continue
        more, p = value[by[b]] - profit[h], many
        if more <= best[size[h], many]:
            continue
        while p > 1 and best[size[h], p - 1] < more:
            best[size[h], p] = best[size[h], p - 1]
            p -= 1
        best[size[h], p] = more
    for s in range(1, best.shape[0]):
        for p in range(1, many + 1):
            best[s, p] += best[s, p - 1]
    for w in range(len(ways)):
        total = 0
        for s in range(1, best.shape[0]):
            total += best[s, ways[w, s]]
        hope[w] = total
