import type { Problem } from '../../utils/model/health.ts';

const STORE_PROBLEMS: readonly string[] = ['db-full', 'db-newer', 'db-failed'] satisfies Problem[];

/** Returns why the database could not be read; an error without a known problem is a failed database. */
export function storeProblemOf(error: unknown): Problem {
  const problem = (error as { problem?: string } | null)?.problem;
  return problem && STORE_PROBLEMS.includes(problem) ? (problem as Problem) : 'db-failed';
}
