/** A command as a client was about to send it. */
export interface SentCommand {
  /** For example "SetDesiredCapacityCommand". */
  readonly name: string;
  readonly input: Record<string, unknown>;
}

interface Middlewares {
  readonly middlewareStack: {
    add(
      middleware: (
        next: unknown,
        context: { readonly commandName?: string },
      ) => (args: { readonly input: object }) => Promise<{ output: object; response: unknown }>,
      options: { readonly step: 'initialize'; readonly priority: 'low' },
    ): void;
  };
}

/**
 * Answers a client's commands in this process, by the SDK's own middleware: what is sent is what
 * the SDK would have serialized, what is thrown is what it would have parsed.
 */
export function answerCommands(
  client: object,
  answer: (command: SentCommand) => object | Promise<object>,
): void {
  (client as Middlewares).middlewareStack.add(
    (_, { commandName = '' }) =>
      async ({ input }) => ({
        output: await answer({ name: commandName, input: { ...input } }),
        response: {},
      }),
    { step: 'initialize', priority: 'low' },
  );
}
