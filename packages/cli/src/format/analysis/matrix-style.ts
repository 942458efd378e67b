/** How the page of a matrix looks, by day and by night. */
export const matrixStyle = `:root {
  --paper: #fbfaf7; --card: #fff; --ink: #22252b; --faint: #6a6f7a; --rule: #e5e2da;
  --all: #b8323a; --all-paper: #fde4e3; --some: #946200; --some-paper: #fdf0cd; --none: #6a6f7a; --open: #5b4bb3; --open-paper: #e9e6fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --card: #1c1f25; --ink: #dfe2e8; --faint: #868d9b; --rule: #2d323b;
    --all: #ff8a85; --all-paper: #43211f; --some: #e8b84a; --some-paper: #3a2f14; --none: #8d94a1; --open: #b3a6ff; --open-paper: #2a2547;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 84rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0.5rem 0 0; font-size: 1.7rem; letter-spacing: -0.02em; }
h2 { margin: 2rem 0 0.75rem; font-size: 1.2rem; }
h3 { margin: 0 0 0.3rem; font: 600 13px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
p { margin: 0.2rem 0 1rem; color: var(--faint); }
.legend { display: flex; flex-wrap: wrap; gap: 0.6rem; padding: 0; margin: 0; list-style: none; font-size: 0.85rem; }
.legend li { background: var(--card); border: 1px solid var(--rule); border-radius: 1rem; padding: 0.15rem 0.8rem; }
.legend i { font-style: normal; color: var(--faint); font-variant-numeric: tabular-nums; }
.scroll { width: fit-content; max-width: 100%; overflow: auto; max-height: 80vh; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
table { border-collapse: separate; border-spacing: 0; font-size: 0.85rem; }
th { font-weight: 500; text-align: left; background: var(--card); white-space: nowrap; }
thead th { position: sticky; top: 0; z-index: 1; vertical-align: bottom; padding: 0.5rem 0; border-bottom: 1px solid var(--rule); }
thead th span { display: block; writing-mode: vertical-rl; transform: rotate(180deg); margin: 0 auto; max-height: 20rem; }
thead th:first-child { z-index: 2; }
tbody th, thead th:first-child { position: sticky; left: 0; padding: 0.2rem 1rem; border-right: 1px solid var(--rule); }
td { width: 2.6rem; min-width: 2.6rem; height: 2.1rem; text-align: center; border-bottom: 1px solid var(--rule); }
td span { cursor: help; } td a { color: inherit; text-decoration: none; display: block; }
tbody tr:hover > * { background: color-mix(in srgb, var(--rule) 40%, var(--card)); }
td.all { background: var(--all-paper); } .all { color: var(--all); }
td.some { background: var(--some-paper); } .some > b, td.some { color: var(--some); }
.none > b, td.none { color: var(--none); }
td.undecided { background: var(--open-paper); } .undecided { color: var(--open); }
.legend li { color: var(--ink); } .legend .all b { color: var(--all); } .legend .undecided b { color: var(--open); }
div.some { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 0.75rem; color: var(--ink); }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 0.7rem 1rem; }
section:target { outline: 2px solid var(--some); }
section ul { margin: 0; padding-left: 1.1rem; font-size: 0.85rem; }
.assumed { margin-top: 1.5rem; font-size: 0.8rem; }
`;
