import { isRecord } from './toolInput';

/** One question of an agent, as Claude Code's AskUserQuestion asks it. */
export interface Question {
  question: string;
  header: string;
  options: { label: string; description: string; preview: string }[];
  several: boolean;
  /** Whether the agent takes an answer in the person's own words. */
  own: boolean;
}

/** What a person picked: options by their index, and own words. */
export interface Pick {
  options: readonly number[];
  own: string | null;
}

export const NO_PICK: Pick = { options: [], own: null };

/** The questions of a request's input; none where it asks in a way that is not known here. */
export function questionsOf(input: unknown): Question[] {
  const list = isRecord(input) && Array.isArray(input['questions']) ? input['questions'] : [];
  return list.filter(isRecord).flatMap((each) =>
    typeof each['question'] === 'string'
      ? [
          {
            question: each['question'],
            header: text(each['header']),
            options: (Array.isArray(each['options']) ? each['options'] : [])
              .filter(isRecord)
              .map((option) => ({
                label: text(option['label']),
                description: text(option['description']),
                preview: text(option['preview']),
              })),
            several: each['multiSelect'] === true || each['multiple'] === true,
            own: each['custom'] !== false,
          },
        ]
      : [],
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function picked(question: Question, before: Pick, option: number): Pick {
  if (!question.several) {
    return { options: [option], own: null };
  }
  const options = before.options.includes(option)
    ? before.options.filter((each) => each !== option)
    : [...before.options, option].sort((a, b) => a - b);
  return { ...before, options };
}

export function answered(pick: Pick): boolean {
  return pick.options.length > 0 || (pick.own ?? '').trim() !== '';
}

/**
 * The picks as the service takes them: options by number, so that none is taken for another, own
 * words behind `=`, so that they are taken for no option.
 */
export function choices(
  questions: readonly Question[],
  picks: readonly Pick[],
): { choices: string[]; other: boolean } {
  const each = questions.map((_, i) => {
    const { options, own } = picks[i] ?? NO_PICK;
    const numbers = options.map((option) => String(option + 1));
    return own?.trim() ? [...numbers, `=${own.trim()}`] : numbers;
  });
  const alone = questions.length === 1 && questions[0]?.several;
  return {
    choices: alone ? (each[0] ?? []) : each.map((parts) => parts.join(',')),
    other: picks.some((pick) => (pick.own ?? '').trim() !== ''),
  };
}
