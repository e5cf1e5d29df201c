import type { CallGate } from './box-call.ts';

/** An SDK client's class, of which instances are made where nobody can reach them. */
interface ClientClass {
  readonly prototype: object;
}

/** Answers by the command's class, for example "GetParameterCommand". */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** Who lets calls of a service pass, and the service's name for IAM. */
export interface Guard {
  readonly service: string;
  readonly gate: CallGate;
}

/**
 * Answers every command that any client of a class sends, in this process, whoever made the client.
 * @returns a function that gives the class its own way back.
 */
export function answerSdk(client: ClientClass, answers: Answers, guard?: Guard): () => void {
  const send = async (command: { readonly input: object }): Promise<unknown> => {
    const { name } = command.constructor;
    const answer = answers[name];
    if (!answer) throw new Error(`the account in a box does not answer ${name}`);
    const input = { ...command.input };
    guard?.gate.pass({ action: `${guard.service}:${name.replace(/Command$/, '')}`, input });
    return answer(input as never) ?? {};
  };
  Object.defineProperty(client.prototype, 'send', { value: send, configurable: true });
  return () => void Reflect.deleteProperty(client.prototype, 'send');
}
