/** Gives a document the types of its answer and variables, for the compiler only. */
export interface DocumentTypeDecoration<Result, Variables> {
  __apiType?: (variables: Variables) => Result;
}
