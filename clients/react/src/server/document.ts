/** Gives a document the types of its answer and variables, which are there for the compiler only. */
export interface DocumentTypeDecoration<Result, Variables> {
  __apiType?: (variables: Variables) => Result;
}
