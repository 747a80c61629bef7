import { exercises } from '../core/load.js';
import type { ExerciseResult, Problem } from '../core/module.js';
import type { Exercise } from '../state/lesson-session.js';
import { say } from '../words/say.js';
import type { OwnLesson } from './grammar.js';
import { stepAt, type Player } from './players.js';

const problem = (line: number, message: string): Problem => ({ line, column: 1, length: 1, message });

/** What is wrong with what the lesson plays, and with what it says of that. Requires that it has run. */
export function checkRun({ lines, prose, places, kind }: OwnLesson, player: Player): Problem[] {
  const wrong = player.problems.map((each) => ({ ...each, line: lines.script + each.line - 1 }));
  if (player.refused) wrong.push(problem(lines.script - 1, player.refused.replace(/\.$/, '')));
  if (wrong.length > 0) return wrong;
  for (const { line, at } of places) {
    if (player.stepOfLine(line) > 0) continue;
    const message =
      kind === 'heap'
        ? say('line {0} of the script makes no call: name one that does', line)
        : say('line {0} of the script declares no member: name one that does', line);
    wrong.push(problem(at, message));
  }
  if (wrong.length > 0) return wrong;
  const asked = new Map<number, number>();
  for (const [index, question] of prose.questions.entries()) {
    const line = lines.questions[index]!;
    const at = stepAt(player, question.at);
    const other = asked.get(at);
    if (other !== undefined)
      wrong.push(problem(line, say('the question of line {0} is asked at the same step', other)));
    asked.set(at, line);
    const expressions = [question.answer, ...question.wrong.flatMap((each) => each.answer ?? [])];
    const answers = player.evaluated(question.at, expressions, '');
    for (const [which, answer] of answers.entries()) {
      const expression = expressions[which]!;
      if (!answer) {
        wrong.push(
          problem(
            line,
            say(
              '“{0}” comes to nothing at that step: it is no expression, or its variable was given nothing',
              expression,
            ),
          ),
        );
      } else if (which > 0 && answer.text === answers[0]?.text) {
        const message = say('the wrong answer “{0}” comes to {1}, which is right', expression, answer.text);
        wrong.push(problem(line, message));
      }
    }
  }
  return wrong;
}

/** What is wrong with an exercise: the beginning must not solve it, the solution must. */
export async function checkExercise({ prose: { exercise }, lines }: OwnLesson): Promise<Problem[]> {
  if (exercise.goals.length === 0) return [];
  const begun = await judge(exercise, exercise.start);
  const done = await judge(exercise, exercise.solution);
  const shifted = (problems: Problem[], by: number) => problems.map((each) => ({ ...each, line: by + each.line - 1 }));
  return [
    ...shifted(begun.problems, lines.exercise),
    ...shifted(done.problems, lines.solution),
    ...done.goals.flatMap(({ met, said }, index) =>
      met ? [] : [problem(lines.goals[index]!, say('the solution does not meet this goal: {0}', said))],
    ),
    ...(begun.solved ? [problem(lines.exercise, say('this solves the exercise already: begin with less'))] : []),
  ];
}

async function judge(exercise: Exercise, attempt: string): Promise<ExerciseResult> {
  const goals = exercise.goals.map(({ goal }) => goal);
  const module = await exercises();
  if (exercise.kind === 'struct') return module.checkStructExercise(attempt, goals);
  return module.checkHeapExercise(attempt, exercise.allocator, exercise.arena, goals);
}
