import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of one tick of Linux's process times. */
const TICK_MS = 10;

interface Process {
  parent: number;
  ticks: number;
  command: string;
}

/** Every process there is, by its number. One that ends meanwhile is left out. */
function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const ticks = Number(rest[9]) + Number(rest[10]);
      found.set(Number(name), { parent: Number(parent), ticks, command });
    } catch {
      // It has ended.
    }
  }
  return found;
}

/** The CPU time so far, in ms, of the processes whose command names a folder, and of all that they started. Linux only. */
export function cpuOfTree(folder: string): number {
  const all = processes();
  const isInTree = (process: Process): boolean => {
    if (process.command.includes(folder)) return true;
    const parent = all.get(process.parent);
    return parent !== undefined && isInTree(parent);
  };
  const ticks = [...all.values()].filter(isInTree).map((process) => process.ticks);
  return ticks.reduce((sum, t) => sum + t, 0) * TICK_MS;
}
