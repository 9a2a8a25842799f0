interface Properties {
  /** One sentence. */
  readonly message: string;
  readonly onAgain: () => void;
}

/** What could not be fetched, and a button to try again. */
export function Failure({ message, onAgain }: Properties) {
  return (
    <div class="problem" role="alert">
      <p>{message}</p>
      <button type="button" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}
