package acme.plain;

/** No handler of any kind. */
public class Nothing {}
