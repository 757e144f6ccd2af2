"""Households and places: what fits, what a careful desk would do, the best plan, its proof, and its reasons.

In which order to read, and what each file proves. An hour is enough; no file needs one further down.

*A night* (``perron_site`` asks this every evening)

1. ``fit``, ``comfort``: whether a household can sleep in a unit, and every reason; neither status nor nationality
   is there. ``best``: which of many units suit a household best; of units alike one is asked.
2. ``plan``, ``greedy``: the nouns, and what a careful desk does by hand. It proves nothing; it is what others are
   held against.
3. ``solver``, ``optimal``: the best plan of a night by HiGHS, tier by tier, checked against the facts.
4. ``explain``: why somebody has no place.

*A market: one household a home* (``perron match solve``)

5. ``assignment``: the exact optimum with whole-number duals u, w. **Proved on every run**: no slack is negative on
   any pair and the plan is worth sum u + sum w; any plan is worth at most that, so none is better. Also why one run
   serves all tiers.
6. ``kernels``, ``compiled``: its loops, as they stand or as machine code; the same code, so the same plan.
7. ``market``, ``pairs``, ``outcome``, ``solving``: the files of a market, and which method is taken.

*The full model: shared homes, bands of persons, households that stay together*

8. ``rows``: the model as rows. A knapsack in it makes it NP-hard, so there is a bound and a gap where 5 had a
   proof.
9. ``bound``: **proved**: any prices of rows give a bound on all plans over all pairs, in whole numbers, whatever a
   solver's tolerance was. The relaxation only finds good prices.
10. ``linear``: those prices by column generation; ``whole``, ``search``: whole plans by HiGHS and by
    neighbourhoods, first where the gap lies; ``slots``: everybody seated anew by 5, over the slots of a plan;
    ``recut``, ``exchange``: shared homes cut into other slots, one by one; ``regions``: what every whole plan must
    lose beside the relaxation, which lowers the bound: true of the regions, and for each as far as HiGHS can be
    believed, less a point; ``full``: all in turn, until it is proven or ``clock`` ends.
11. ``dispatch``: families to localities with capacities in several services, by HiGHS alone.

*Homes, by a policy* (``perron match homes``)

12. ``policy`` with ``policy.yaml``: every weight. ``homes``: one pair, its reasons and points. ``listing``: all
    pairs at once; a test holds the two together. ``homes_files``, ``placing``: files, the market, who is left out,
    which home helps next.
13. ``preview``: what another policy would change.

*Reasons and time*

14. ``why``: **proved**: the least and the most that everyone loses when a household insists on another home.
15. ``envy``: who envies with reason, and the plan by deferred acceptance, which has none.
16. ``replay``, ``replay_files``: a year day by day; duals of futures as prices of waiting. Proved is only that
    hindsight is a bound.
17. ``dispatch_replay``: the year of 11 family by family; duals of last year's families as prices of room. Proved is
    the same.
"""
