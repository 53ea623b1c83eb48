/** The look of the HTML report: no file besides, light and dark, and clean on paper. */
export const HTML_LOOK = `
:root { color-scheme: light dark; --line: light-dark(#d0d4da, #454b54); --soft: light-dark(#f4f5f7, #23272e);
  --bad: light-dark(#b3261e, #ff8a80); --warn: light-dark(#7a4d00, #ffc46b); --good: light-dark(#1b6e33, #7fd99a);
  --calm: light-dark(#0b57a4, #9cc8ff); --faint: light-dark(#565c66, #a9b0bb); }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem; font: 0.95rem/1.5 system-ui, sans-serif;
  color: light-dark(#16191d, #e8eaed); background: light-dark(#fff, #16191d); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1.05rem; margin: 0; }
table { width: 100%; border-collapse: collapse; margin: 0.75rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; border-bottom: 1px solid var(--line); }
th { background: var(--soft); } code { font-size: 0.9em; } a { color: inherit; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; } dd { margin: 0; white-space: pre-wrap; }
section { border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem; margin: 1rem 0; break-inside: avoid; }
.lead { font-size: 1.1rem; font-weight: 600; } .faint { color: var(--faint); }
.missed, .late { color: var(--bad); } .unseen, .unlinked { color: var(--warn); } .complete { color: var(--good); }
.pending { color: var(--calm); } .not-applicable { color: var(--faint); }
svg { display: block; width: 100%; height: 1.6rem; margin: 0.5rem 0; }
.window { fill: var(--soft); stroke: var(--line); } .band { fill: var(--warn); opacity: 0.35; }
.call { fill: var(--faint); } .counts { fill: var(--good); }
@media print { @page { margin: 12mm; } :root { color-scheme: light; } body { max-width: none; margin: 0; padding: 0; font-size: 8.5pt; line-height: 1.35; }
  h1 { font-size: 14pt; } h2 { font-size: 11pt; margin: 8pt 0 3pt; } h3 { font-size: 9.5pt; } h2, h3 { break-after: avoid; }
  p, ol, ul { margin: 2pt 0; } table { margin: 3pt 0; } th, td { padding: 1pt 4pt; } svg { height: 0.8rem; margin: 2pt 0; }
  section { padding: 4pt 6pt; margin: 4pt 0; border-radius: 0; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
`;
