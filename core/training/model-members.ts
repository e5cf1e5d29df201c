/** The candidates that a model is made of: "a&b+c" averages a and b in a part of the horizon and takes c in another. */
export function membersOf(model: string): readonly string[] {
  return [...new Set(model.split(/[&+]/))];
}
