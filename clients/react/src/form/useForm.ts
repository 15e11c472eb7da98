import { type FormEvent, useEffect, useReducer, useRef, useState } from 'react';

import { useWords } from '../provider/context.js';
import type { FieldError, SharedAnswer } from '../server/answers.js';
import { type Refusal, useRefusals, type WayOn } from '../server/refusals.js';
import type { Failure } from '../server/server.js';
import { useDraft } from '../state/draft.js';
import { useSecondsUntil } from './countdown.js';
import { type FieldElement, fieldsOf } from './fields.js';
import { nameOf, problemText } from './problemText.js';

/** What is wrong with one field. */
export interface Problem {
  message: string;
  wayOn?: WayOn;
  /** What the person may have meant. */
  suggestion?: string | null;
}

export type Problems = Record<string, Problem>;

export type Form = ReturnType<typeof useForm>;

/**
 * A form's state: what is wrong with it, and whether it is on its way.
 *
 * `send` gets what was typed, by the fields' names. It may refuse it as a whole, or single fields;
 * the first of these in the form then has the focus. `attributes` are those of the form's element.
 */
export function useForm(send: (typed: (field: string) => string) => Promise<void>) {
  const { texts } = useWords();
  const { refusalOf, withoutAnswer } = useRefusals();
  const draft = useDraft();
  const element = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  // The same at once: two events may come before the next rendering.
  const isOnItsWay = useRef(false);
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [rejections, countRejection] = useReducer((count: number) => count + 1, 0);
  const waits = useWaiting(refusal);
  /** The code that was refused last, and why. */
  const refusedCode = useRef<{ code: string; problem: Problem } | null>(null);

  // Only after an answer: whoever mends one field is not taken to the next.
  useEffect(() => {
    fieldsOf(element.current).find((field) => field.name in problems)?.focus();
  }, [rejections]);

  const reject = (next: Problems) => {
    const code = fieldsOf(element.current).find(({ name }) => name === 'otp')?.value;
    if (next.otp && code !== undefined) refusedCode.current = { code, problem: next.otp };
    setProblems(next);
    countRejection();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isOnItsWay.current || waits) return;
    const data = new FormData(event.currentTarget);
    // Not the same code again, such as by Enter after it sent itself: it would cost an attempt.
    const { code, problem } = refusedCode.current ?? {};
    if (problem && data.get('otp') === code) return reject({ otp: problem });
    isOnItsWay.current = true;
    setBusy(true);
    setProblems({});
    setRefusal(null);
    await send((field) => String(data.get(field) ?? ''));
    isOnItsWay.current = false;
    setBusy(false);
  };

  /** Puts each problem at its field; what belongs to no field here is said of the whole form. */
  const rejectFields = (errors: FieldError[]) => {
    const fields = fieldsOf(element.current);
    const next: Problems = {};
    const others: FieldError[] = [];
    for (const error of errors) {
      const field = fields.find(({ name }) => name === nameOf(error));
      if (!field) others.push(error);
      else {
        const suggestion = error.__typename === 'InvalidEmailError' ? error.suggestion : null;
        next[field.name] = { message: problemText(error, field, texts), suggestion };
      }
    }
    reject(next);
    if (others.length > 0) {
      setRefusal({ kind: 'plain', message: others.map((error) => error.message).join(' ') });
    }
  };

  /** Treats what every mutation may answer, and what this page is too old to know. */
  const treatShared = (answer: SharedAnswer) => {
    if (answer.__typename === 'InvalidInputError') rejectFields(answer.errors);
    else setRefusal(refusalOf(answer));
  };

  /** Keeps what is typed, and takes back what was said of something that is typed anew. */
  const mend = ({ target }: FormEvent<HTMLFormElement>) => {
    const { name, value } = target as FieldElement;
    draft.keep(name, value);
    setProblems(({ [name]: _, ...others }) => others);
    if (refusal?.kind !== 'wait') setRefusal(null);
  };

  /** Types a suggestion into its field for the person. */
  const take = (name: string, suggestion: string) => {
    const field = fieldsOf(element.current).find((each) => each.name === name);
    if (!field) return;
    field.value = suggestion;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.focus();
  };

  return {
    element,
    // The server's answer is the only judge of the input: it says everything, and at once.
    attributes: { ref: element, onSubmit: submit, onInput: mend, noValidate: true },
    busy,
    problems,
    refusal,
    unavailable: busy || waits,
    treatShared,
    treatFailure: (error: Failure | undefined) => setRefusal(withoutAnswer(error)),
    rejectFields,
    reject,
    rejectField: (field: string, problem: Problem) => reject({ [field]: problem }),
    refuse: setRefusal,
    take,
  };
}

function useWaiting(refusal: Refusal | null): boolean {
  return useSecondsUntil(refusal?.kind === 'wait' ? refusal.until : 0) > 0;
}
