package acme.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;

/** A generic parent that gives its parameters on, one of them inside another type. */
public abstract class ListHandler<N, T> implements RequestHandler<List<N>, T> {}
