package dev.candor.app.web.http;

/** A request that is not answered as asked. Its message goes to whoever asked. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status of HTTP
   */
  public Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(404, message);
  }

  public int status() {
    return status;
  }

  /** The message, never null. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
