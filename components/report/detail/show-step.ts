/** The id of a login's element in its timeline that shows an observation. */
export const stepElementId = (login: string, observation: string) => `step-${login}-${observation}`;

/** Brings a step of a login's timeline into sight and gives it the focus; nothing where it is not shown. */
export function showStep(login: string, observation: string): void {
  const step = document.getElementById(stepElementId(login, observation));
  const timeline = step?.closest('details');
  if (timeline) timeline.open = true;
  step?.focus({ preventScroll: true });
  step?.scrollIntoView({ block: 'center' });
}
